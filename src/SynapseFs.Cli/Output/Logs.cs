using Microsoft.Extensions.Logging;

namespace SynapseFs.Cli.Output;

/// <summary>Makes the logger factory of a running command.</summary>
internal static class Logs
{
    /// <summary>The sink belongs to the factory and ends with it.</summary>
    public static ILoggerFactory Create(LogSink sink, LogLevel minimum, TimeProvider time) => LoggerFactory.Create(builder => builder
        .SetMinimumLevel(minimum)
        // ASP.NET Core's own steps say nothing to the person who runs this.
        .AddFilter("Microsoft", level => level >= LogLevel.Warning && level >= minimum)
        .AddProvider(new LineLoggerProvider(sink, minimum, time)));
}
