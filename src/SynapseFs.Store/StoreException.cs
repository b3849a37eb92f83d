namespace SynapseFs.Store;

/// <summary>The one exception of this layer; its message is a sentence for a person, naming the thing and the remedy.</summary>
public sealed class StoreException(StoreFailure failure, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public StoreFailure Failure { get; } = failure;
}
