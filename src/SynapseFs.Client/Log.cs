using Microsoft.Extensions.Logging;

namespace SynapseFs.Client;

/// <summary>Every log message of this project. None takes a URL with a query, a token or a body.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "{Method} {Route} answered {Status} after {Milliseconds} ms.")]
    public static partial void CallAnswered(ILogger log, string method, string route, int status, long milliseconds);

    [LoggerMessage(2, LogLevel.Information, "{Method} {Route} failed ({Problem}); try {Attempt} follows in {Milliseconds} ms.")]
    public static partial void CallRetried(ILogger log, string method, string route, string problem, int attempt, long milliseconds);

    [LoggerMessage(3, LogLevel.Warning, "Synapse's {Service} service is out of reach: {Problem}")]
    public static partial void OutOfReach(ILogger log, string service, string problem);

    [LoggerMessage(4, LogLevel.Information, "Synapse's {Service} service is within reach again.")]
    public static partial void WithinReach(ILogger log, string service);

    [LoggerMessage(5, LogLevel.Information,
        "The transfer of file handle {FileHandle} broke at byte {Position} ({Problem}); try {Attempt} goes on from there.")]
    public static partial void TransferResumed(ILogger log, string fileHandle, long position, string problem, int attempt);

    [LoggerMessage(6, LogLevel.Debug, "Addresses for {Count} file handles were asked for in one call.")]
    public static partial void LeasesAsked(ILogger log, int count);

    [LoggerMessage(7, LogLevel.Information, "Part {Part} of the upload of '{Name}' is sent again: {Problem}")]
    public static partial void PartRepeated(ILogger log, long part, string name, string problem);

    [LoggerMessage(8, LogLevel.Information, "The upload of '{Name}' goes on: {Done} of {Total} parts are already there.")]
    public static partial void UploadResumed(ILogger log, string name, int done, int total);

    [LoggerMessage(9, LogLevel.Information, "The upload of '{Name}' to an SFTP server goes on: {Done} of {Total} bytes are already there.")]
    public static partial void SftpUploadResumed(ILogger log, string name, long done, long total);

    [LoggerMessage(10, LogLevel.Information, "The upload of '{Name}' to an SFTP server broke at byte {Position} ({Problem}); it goes on.")]
    public static partial void SftpUploadRepeated(ILogger log, string name, long position, string problem);
}
