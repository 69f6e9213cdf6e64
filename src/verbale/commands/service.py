"""The commands of the service: serving a record, and the people who may sign in."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from verbale.commands.complaints import one_line_errors
from verbale.commands.options import DEFAULT, Where
from verbale.errors import SettingError

if TYPE_CHECKING:
    from verbale.service.security.accounts import Accounts

app = typer.Typer()
user_app = typer.Typer(help="Who may sign in to the pages and the API; the first user, an admin, turns on sign-in.", no_args_is_help=True)
token_app = typer.Typer(help="Tokens with which programs ask the API.", no_args_is_help=True)
app.add_typer(user_app, name="user")
user_app.add_typer(token_app, name="token")

File = Annotated[
    Path | None,
    typer.Option("--accounts", envvar="VERBALE_ACCOUNTS", help="File of the users and the audit log; beside the record by default."),
]
Role = Annotated[str, typer.Option("--role", help="reader, reviewer, editor or admin: each may do what those before may.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of the user.")]
FromInput = Annotated[bool, typer.Option("--password-stdin", help="Take the password from the first line of standard input.")]


@app.command()
@one_line_errors
def serve(
    record: Where = DEFAULT,
    host: Annotated[str, typer.Option(help="Address to listen on; another than loopback needs users.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8765,
    accounts: File = None,
    insecure: Annotated[
        bool, typer.Option("--insecure", help="Listen on another address than loopback although there are no users.")
    ] = False,
    behind: Annotated[
        list[str] | None, typer.Option("--behind", help="Address of a proxy whose X-Forwarded-* headers are believed.", metavar="ADDRESS")
    ] = None,
    name: Annotated[list[str] | None, typer.Option("--name", help="A host name under which the pages are reached.", metavar="HOST")] = None,
    person: Annotated[
        str | None, typer.Option("--by", envvar="VERBALE_PERSON", help="Who decides while there are no users.", metavar="NAME")
    ] = None,
) -> None:
    """Serve the record as pages and as a JSON API."""
    uvicorn = _uvicorn()
    from verbale.service import Settings, create_app

    more: dict[str, Any] = {"person": person} if person else {}
    settings = Settings(record, accounts, host, port, insecure, tuple(name or ()), **more)
    application = create_app(settings)
    shown = f"[{host}]" if ":" in host else host
    print(f"verbale serves {record} at http://{shown}:{port} (Ctrl-C ends it)", file=sys.stderr)
    uvicorn.run(
        application,
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        proxy_headers=bool(behind),
        forwarded_allow_ips=",".join(behind or ()),
        timeout_graceful_shutdown=5,
    )


def _uvicorn() -> Any:
    try:
        import argon2  # noqa: F401 - all of the extra, or none
        import uvicorn
    except ImportError as error:
        raise SettingError("pages need more than the core: `pip install verbale[service]`") from error
    return uvicorn


# ── users ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _accounts(record: str, accounts: Path | None) -> "Accounts":
    try:
        from verbale.service.security.accounts import Accounts
        from verbale.service.settings import Settings
    except ImportError as error:
        raise SettingError("users need more than the core: `pip install verbale[service]`") from error
    return Accounts(Settings(record, accounts).accounts_file)


def _password(from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    written: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return written


_BY = "command line"  # who the audit log says changed accounts here


@user_app.command("add")
@one_line_errors
def user_add(name: Name, role: Role = "reader", password_stdin: FromInput = False, record: Where = DEFAULT, accounts: File = None) -> None:
    """Add a user; the first one must be an admin, and turns on sign-in."""
    kept = _accounts(record, accounts)
    if not kept.people() and role != "admin":
        raise SettingError("the first user must be an admin: repeat with --role admin")
    kept.add(name, role, _password(password_stdin))  # type: ignore[arg-type]
    kept.note(_BY, "user added", f"{name}, {role}")


@user_app.command("list")
@one_line_errors
def user_list(record: Where = DEFAULT, accounts: File = None) -> None:
    """List the users with their roles."""
    for person in _accounts(record, accounts).people():
        print(f"{person.name}\t{person.role}\t{person.made}")


@user_app.command("role")
@one_line_errors
def user_role(
    name: Name, role: Annotated[str, typer.Argument(metavar="ROLE", help="The new role.")], record: Where = DEFAULT, accounts: File = None
) -> None:
    """Give a user another role."""
    kept = _accounts(record, accounts)
    kept.set_role(name, role)  # type: ignore[arg-type]
    kept.note(_BY, "role changed", f"{name}, {role}")


@user_app.command("password")
@one_line_errors
def user_password(name: Name, password_stdin: FromInput = False, record: Where = DEFAULT, accounts: File = None) -> None:
    """Give a user a new password, which ends their sessions."""
    kept = _accounts(record, accounts)
    kept.set_password(name, _password(password_stdin))
    kept.note(_BY, "password changed", name)


@user_app.command("remove")
@one_line_errors
def user_remove(name: Name, record: Where = DEFAULT, accounts: File = None) -> None:
    """Take a user out, with their sessions and tokens; what they decided stays."""
    kept = _accounts(record, accounts)
    kept.remove(name)
    kept.note(_BY, "user removed", name)


@user_app.command("audit")
@one_line_errors
def user_audit(
    limit: Annotated[int, typer.Option(min=1, help="How many lines at most.")] = 100, record: Where = DEFAULT, accounts: File = None
) -> None:
    """Show who changed what, when and from where, the latest first."""
    for e in _accounts(record, accounts).audit(limit=limit):
        print("\t".join((e.at, e.person, e.action, e.what, e.address)))


@token_app.command("add")
@one_line_errors
def token_add(
    name: Name,
    label: Annotated[str, typer.Option(help="What the token is for.")] = "token",
    scope: Annotated[str, typer.Option(help="How much it may do at most: a role.")] = "reader",
    record: Where = DEFAULT,
    accounts: File = None,
) -> None:
    """Make a token of a user and print it, once and never again."""
    kept = _accounts(record, accounts)
    token, secret = kept.add_token(name, label, scope)  # type: ignore[arg-type]
    kept.note(_BY, "token made", f"{token.id} of {name}: {label}, {scope}")
    print(secret)


@token_app.command("list")
@one_line_errors
def token_list(record: Where = DEFAULT, accounts: File = None) -> None:
    """List the tokens; their secrets are not kept."""
    for t in _accounts(record, accounts).tokens():
        print("\t".join((t.id, t.person, t.label, t.scope, t.made, f"revoked {t.revoked}" if t.revoked else "valid")))


@token_app.command("revoke")
@one_line_errors
def token_revoke(
    token: Annotated[str, typer.Argument(metavar="TOKEN", help="The id of the token, as `list` shows it.")],
    record: Where = DEFAULT,
    accounts: File = None,
) -> None:
    """End a token for good."""
    kept = _accounts(record, accounts)
    kept.revoke(token)
    kept.note(_BY, "token revoked", token)
