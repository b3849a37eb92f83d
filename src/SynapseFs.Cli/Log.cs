using Microsoft.Extensions.Logging;

namespace SynapseFs.Cli;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Title} mounted at {Mountpoint}, cached in {CacheDirectory}.")]
    public static partial void Mounted(this ILogger log, string title, string mountpoint, string cacheDirectory);

    [LoggerMessage(Level = LogLevel.Information, Message = "Asked to end, so {Mountpoint} is unmounted.")]
    public static partial void AskedToEnd(this ILogger log, string mountpoint);
}
