using Microsoft.Extensions.Logging;

namespace SynapseFs.Cli;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Title} mounted at {Mountpoint}, cached in {CacheDirectory}.")]
    public static partial void Mounted(this ILogger log, string title, string mountpoint, string cacheDirectory);

    [LoggerMessage(Level = LogLevel.Information, Message = "Asked to end, so {Mountpoint} is unmounted.")]
    public static partial void AskedToEnd(this ILogger log, string mountpoint);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The note of unsent changes in {CacheDirectory} cannot be kept: {Problem} The changes themselves are safe.")]
    public static partial void UnsentNoteFailed(this ILogger log, string cacheDirectory, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Sentence}")]
    public static partial void ChangesKept(this ILogger log, string sentence);
}
