namespace SynapseFs.Vfs;

/// <summary>A verb failed. The message names the thing and is for the log; the caller sees only <see cref="Error"/>.</summary>
public class FsException : Exception
{
    public FsException(FsError error, string message)
        : base(message) => Error = error;

    public FsException(FsError error, string message, Exception innerException)
        : base(message, innerException) => Error = error;

    public FsError Error { get; }
}
