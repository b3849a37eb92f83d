using Microsoft.Extensions.Logging;

namespace SynapseFs.Server;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Serving the world in {Directory} on {Address}")]
    public static partial void Serving(ILogger logger, string directory, Uri address);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Id} failed unexpectedly")]
    public static partial void JobFailed(ILogger logger, Exception exception, long id);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed unexpectedly")]
    public static partial void Failed(ILogger logger, Exception exception, string method, string path);

    [LoggerMessage(Level = LogLevel.Error, Message = "Views could not be brought up to date")]
    public static partial void ViewsNotFollowed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "No preview could be made of file handle {Id}")]
    public static partial void PreviewFailed(ILogger logger, Exception exception, long id);

    [LoggerMessage(Level = LogLevel.Error, Message = "The queue of previews could not be worked off")]
    public static partial void PreviewsFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Idle uploads could not be forgotten")]
    public static partial void SweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Entity {Id} could not be judged by its schema")]
    public static partial void ValidationFailed(ILogger logger, Exception exception, long id);

    [LoggerMessage(Level = LogLevel.Error, Message = "Changes could not be followed to judge entities by their schemas")]
    public static partial void ValidationBroken(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "How job {Id} ended could not be written; it runs again at the next start")]
    public static partial void JobNotEnded(ILogger logger, Exception exception, long id);
}
