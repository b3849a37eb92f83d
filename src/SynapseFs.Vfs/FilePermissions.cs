namespace SynapseFs.Vfs;

/// <summary>The nine permission bits of POSIX, with its values, and the bits above them.</summary>
[Flags]
public enum FilePermissions
{
    None = 0,
    OtherExecute = 1,
    OtherWrite = 2,
    OtherRead = 4,
    GroupExecute = 8,
    GroupWrite = 16,
    GroupRead = 32,
    UserExecute = 64,
    UserWrite = 128,
    UserRead = 256,
    Sticky = 512,
    SetGroup = 1024,
    SetUser = 2048,
    AllRead = UserRead | GroupRead | OtherRead,
    AllWrite = UserWrite | GroupWrite | OtherWrite,
    AllExecute = UserExecute | GroupExecute | OtherExecute,
    All = AllRead | AllWrite | AllExecute,
}
