"""The command line: what is typed, in groups. Each command imports what it needs when it runs."""

import signal


def main() -> None:
    """Run the command line; a Ctrl-C while it is being loaded ends it as the signal does, without a traceback."""
    is_ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_ours:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from jpt.cli.ending import main as run

    if is_ours:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    run()
