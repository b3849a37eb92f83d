namespace SynapseFs.Fuse;

/// <summary>Mounting or unmounting failed. The message is one sentence that names the thing and the remedy.</summary>
public sealed class FuseMountException : Exception
{
    public FuseMountException(MountFailure failure, string message)
        : base(message) => Failure = failure;

    public FuseMountException(MountFailure failure, string message, Exception innerException)
        : base(message, innerException) => Failure = failure;

    public MountFailure Failure { get; }
}
