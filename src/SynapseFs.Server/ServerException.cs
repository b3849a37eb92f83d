namespace SynapseFs.Server;

/// <summary>The server could not start; the message is one sentence that names the thing and the remedy.</summary>
public sealed class ServerException : Exception
{
    public ServerException(string message) : base(message)
    {
    }

    public ServerException(string message, Exception inner) : base(message, inner)
    {
    }

    public ServerException()
    {
    }
}
