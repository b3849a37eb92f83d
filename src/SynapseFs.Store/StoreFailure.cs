namespace SynapseFs.Store;

/// <summary>Why the local store refused.</summary>
public enum StoreFailure
{
    /// <summary>Another process uses the cache directory.</summary>
    Busy,

    /// <summary>The path is a file, or lies below one.</summary>
    NotADirectory,

    /// <summary>The directory or a file in it cannot be created, read or written.</summary>
    NotWritable,

    /// <summary>The disk is full.</summary>
    Full,

    /// <summary>A newer version of this program wrote the files.</summary>
    TooNew,

    /// <summary>A database turned out damaged while in use: it was set aside and rebuilt empty, the operation at hand was lost.</summary>
    Damaged,

    /// <summary>Another row of the directory has the name already.</summary>
    NameTaken,

    /// <summary>The node that a change belongs to is not there any more.</summary>
    NodeGone,

    /// <summary>The directory holds changes of another mount that are still to be sent.</summary>
    Unsent,

    /// <summary>The disk or the database failed in another way.</summary>
    InputOutput,
}
