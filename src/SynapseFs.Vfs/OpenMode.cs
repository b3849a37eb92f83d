namespace SynapseFs.Vfs;

/// <summary>What an opener wants to do. The kernel has already followed the path and, where asked to, checked the mode bits.</summary>
[Flags]
public enum OpenMode
{
    None = 0,
    Read = 1,
    Write = 2,
    ReadWrite = Read | Write,
    /// <summary>Every write goes to the end (O_APPEND).</summary>
    Append = 4,
    /// <summary>Cut to length 0 on open (O_TRUNC).</summary>
    Truncate = 8,
    /// <summary>Fail with AlreadyExists if the name is there (O_EXCL); only with CreateFile.</summary>
    Exclusive = 16,
    /// <summary>The kernel itself reads it, to execute it: a program, or a script whose interpreter then opens it again.</summary>
    Execute = 32,
}
