using Microsoft.Extensions.Logging;

namespace SynapseFs.Entities.PythonCache;

/// <summary>What is told of the Python client's cache.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "Reading {Path} of the Python client's cache instead of downloading file handle {Handle}.")]
    public static partial void CopyUsed(ILogger log, string path, string handle);

    [LoggerMessage(2, LogLevel.Warning,
        "A file that the Python client registered in {Directory} does not have the content that Synapse has; it is downloaded instead.")]
    public static partial void CopyWrong(ILogger log, string directory);

    [LoggerMessage(3, LogLevel.Debug, "Registered {Path} in the Python client's cache.")]
    public static partial void Registered(ILogger log, string path);

    [LoggerMessage(4, LogLevel.Warning, "{Path} was not registered in the Python client's cache: {Reason}")]
    public static partial void NotRegistered(ILogger log, string path, string reason);
}
