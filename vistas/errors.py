"""Everything this project raises on purpose.

    VistasError
    ├── SettingsError      vistas.toml or an environment variable is wrong, or cannot be changed as asked
    │   └── SettingsMoved    somebody changed vistas.toml meanwhile
    ├── FileError          a file that people keep cannot be written
    │   └── FileMoved        somebody changed it meanwhile
    ├── RoutineError       a routine file is wrong, or a routine cannot be kept as asked
    │   ├── RoutineMoved     somebody saved another version meanwhile
    │   │   └── RoutineConflict  somebody changed its file meanwhile
    │   └── RoutineDoubtful  it looks as if it held a secret
    ├── GitError           git cannot do what was asked, or will not
    ├── DashboardError     a file of dashboards cannot be imported
    ├── SourceError        a source cannot be built, or cannot say what there is to choose from
    ├── StoreError         the store cannot be opened or written
    │   ├── VistaNotFound    no vista of that id
    │   ├── FrameDamaged     a frame's data is damaged, or missing from the disk
    │   ├── JournalNotFound  no journal of that id
    │   └── JournalMoved     somebody wrote meanwhile what would have been written without knowing it
    ├── NoticeError        a notice cannot be written, changed or removed as asked
    ├── PracticeError      something in a session cannot be done as asked
    ├── PostError          the team's chat did not take a message, or Grafana an annotation
    └── BundleError        a .vista file is damaged, hostile, or newer than this version

What a live tool does wrong is never an error here: it is a `vistas.snapshot.Gap`.
"""


class VistasError(Exception):
    """The message is one line for a person: what is wrong, where, and what is expected."""


class SettingsError(VistasError):
    pass


class SettingsMoved(SettingsError):
    pass


class FileError(VistasError):
    pass


class FileMoved(FileError):
    """`now` is what stands there instead, None where nothing does."""

    def __init__(self, message: str, *, now: bytes | None) -> None:
        super().__init__(message)
        self.now = now


class RoutineError(VistasError):
    pass


class RoutineMoved(RoutineError):
    pass


class RoutineConflict(RoutineMoved):
    """`mine` is the text that was to be written; `theirs` what stands there instead, None where nothing does."""

    def __init__(self, message: str, *, mine: str, theirs: str | None) -> None:
        super().__init__(message)
        self.mine, self.theirs = mine, theirs


class RoutineDoubtful(RoutineError):
    pass


class GitError(VistasError):
    pass


class DashboardError(VistasError):
    pass


class SourceError(VistasError):
    pass


class StoreError(VistasError):
    pass


class VistaNotFound(StoreError):
    pass


class FrameDamaged(StoreError):
    pass


class JournalNotFound(StoreError):
    pass


class JournalMoved(StoreError):
    pass


class NoticeError(VistasError):
    pass


class PracticeError(VistasError):
    pass


class PostError(VistasError):
    pass


class BundleError(VistasError):
    pass
