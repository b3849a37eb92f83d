using Microsoft.Extensions.Logging;
using SynapseFs.Vfs;

namespace SynapseFs.Core;

/// <summary>Every message of the engine.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Out of reach, serving what is known: {Reason}")]
    public static partial void WentOffline(ILogger log, string reason);

    [LoggerMessage(2, LogLevel.Information, "Back online.")]
    public static partial void CameBack(ILogger log);

    [LoggerMessage(3, LogLevel.Warning,
        "The listing of '{Directory}' held the name '{Name}', which cannot be shown; it is left out.")]
    public static partial void NameLeftOut(ILogger log, string directory, string name);

    [LoggerMessage(4, LogLevel.Warning,
        "Content {Content} does not have its MD5; everything cached of it is dropped and fetched once more.")]
    public static partial void ContentMismatch(ILogger log, string content);

    [LoggerMessage(5, LogLevel.Error,
        "Content {Content} does not have its MD5 though it was fetched twice; readers get an I/O error, nothing of it is kept.")]
    public static partial void ContentRefused(ILogger log, string content);

    [LoggerMessage(6, LogLevel.Error,
        "Bytes of content {Content} that were already read turned out wrong; {Handles} open files get I/O errors from now on.")]
    public static partial void HandlesPoisoned(ILogger log, string content, int handles);

    [LoggerMessage(7, LogLevel.Information, "A fetch of content {Content} failed ({Error}): {Reason}")]
    public static partial void FetchFailed(ILogger log, string content, FsError error, string reason);

    [LoggerMessage(8, LogLevel.Debug, "Looking ahead failed: {Reason}")]
    public static partial void AheadFailed(ILogger log, string reason);

    [LoggerMessage(9, LogLevel.Error, "A background task of the engine failed.")]
    public static partial void BackgroundFailed(ILogger log, Exception failure);

    [LoggerMessage(10, LogLevel.Warning,
        "Block {Block} of content {Content} came with other bytes than those verified before; asking again.")]
    public static partial void BlockMismatch(ILogger log, string content, long block);

    [LoggerMessage(11, LogLevel.Warning, "{Sentence}")]
    public static partial void Noticed(ILogger log, string sentence);

    [LoggerMessage(12, LogLevel.Information, "Sent: {What} {Path}")]
    public static partial void Sent(ILogger log, string what, string path);

    [LoggerMessage(13, LogLevel.Warning, "Not sent yet, tried again in {Seconds} s: {What} {Path}: {Reason}")]
    public static partial void NotSent(ILogger log, string what, string path, long seconds, string reason);

    [LoggerMessage(14, LogLevel.Error, "What was written to '{Name}' could not be saved when it was closed: {Reason}")]
    public static partial void NotSaved(ILogger log, string name, string reason);

    [LoggerMessage(15, LogLevel.Information, "Details of {Count} files came from {Index}.")]
    public static partial void BulkRead(ILogger log, int count, string index);

    [LoggerMessage(16, LogLevel.Information, "Details are asked for one by one: {Reason}")]
    public static partial void BulkFailed(ILogger log, string reason);

    [LoggerMessage(17, LogLevel.Warning, "What is in doubt about content {Content} could not be noted: {Reason}")]
    public static partial void DoubtNotKept(ILogger log, string content, string reason);
}
