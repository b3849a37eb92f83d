using Microsoft.Extensions.Logging;

namespace SynapseFs.Store;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "{Sentence}")]
    public static partial void Repaired(ILogger logger, string sentence);

    [LoggerMessage(2, LogLevel.Warning, "Block {Block} of cached content {Content} does not fit its checksum: dropped, to be fetched again")]
    public static partial void BlockDropped(ILogger logger, long block, string content);

    [LoggerMessage(3, LogLevel.Warning, "Block {Block} of content {Content} arrived with other bytes than the verified content has: refused")]
    public static partial void BlockRefused(ILogger logger, long block, string content);

    [LoggerMessage(4, LogLevel.Warning, "The cache cannot keep content for now, reading goes on without it: {Reason}")]
    public static partial void NotKept(ILogger logger, string reason);

    [LoggerMessage(5, LogLevel.Warning, "{Count} entries of the block index were not saved, their blocks are fetched again after a restart: {Reason}")]
    public static partial void IndexNotSaved(ILogger logger, int count, string reason);

    [LoggerMessage(6, LogLevel.Debug, "Dropped {Count} least recently used contents, {Bytes} bytes")]
    public static partial void Evicted(ILogger logger, int count, long bytes);

    [LoggerMessage(7, LogLevel.Warning, "The cached file {Path} could not be deleted: {Reason}")]
    public static partial void FileNotDeleted(ILogger logger, string path, string reason);

    [LoggerMessage(8, LogLevel.Warning, "Block {Block} of cached content {Content} cannot be read: {Reason}")]
    public static partial void BlockUnreadable(ILogger logger, long block, string content, string reason);

    [LoggerMessage(9, LogLevel.Warning, "The file {Path} did not become cached content {Content}, which is fetched when wanted: {Reason}")]
    public static partial void NotAdopted(ILogger logger, string path, string content, string reason);

    [LoggerMessage(10, LogLevel.Debug, "Cached content {Content} was not sealed, its blocks are checked as they are read: {Reason}")]
    public static partial void NotSealed(ILogger logger, string content, string reason);
}
