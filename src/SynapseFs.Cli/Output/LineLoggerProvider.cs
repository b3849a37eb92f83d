using Microsoft.Extensions.Logging;

namespace SynapseFs.Cli.Output;

/// <summary>One line a message: time, level, category, sentence. The writer belongs to the provider.</summary>
internal sealed class LineLoggerProvider(LogSink sink, LogLevel minimum, TimeProvider time) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new LineLogger(sink, Shorten(categoryName), minimum, time);

    public void Dispose() => sink.Dispose();

    private static string Shorten(string category) => category[(category.LastIndexOf('.') + 1)..];

    private sealed class LineLogger(LogSink sink, string category, LogLevel minimum, TimeProvider time) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= minimum && logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            var line = $"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {Abbreviate(logLevel)} {category}: {formatter(state, exception)}";
            sink.Write(exception is null ? line : $"{line}{Environment.NewLine}{exception}");
        }

        private static string Abbreviate(LogLevel level) => level switch
        {
            LogLevel.Trace => "trace",
            LogLevel.Debug => "debug",
            LogLevel.Information => "info ",
            LogLevel.Warning => "warn ",
            _ => "error",
        };
    }
}
