using Microsoft.Extensions.Logging;
using SynapseFs.Cli.Commands;
using SynapseFs.Cli.Output;
using SynapseFs.Cli.Registry;
using SynapseFs.Cli.Unsent;
using SynapseFs.Fuse;

namespace SynapseFs.Cli.Mounting;

/// <summary>The process that serves a mount, from start to end: in the foreground, or behind a launcher that waits on standard output.</summary>
internal static class MountProcess
{
    public static async Task<int> RunAsync(MountRequest request, bool isBehindLauncher, CommandContext context)
    {
        if (!isBehindLauncher)
            return await ServeAsync(request, new ForegroundAnnouncer(context.Terminal), LogSink.ToError, context);
        DetachedProcess.BecomeSessionLeader();
        // A working directory would keep whatever filesystem it lies on from being unmounted.
        Environment.CurrentDirectory = "/";
        var logFile = request.LogFile ?? MountLogs.PathFor(context.Surroundings.StateRoot, Environment.ProcessId);
        using var announcer = new LauncherAnnouncer(Console.OpenStandardOutput(), Console.OpenStandardInput());
        try
        {
            return await ServeAsync(request with { LogFile = logFile }, announcer, () => LogSink.ToFile(logFile), context);
        }
        catch (Exception problem) when (!announcer.IsReady && CommandLine.Explain(problem) is { } sentence)
        {
            var code = problem is CliException { ExitCode: var given } ? given : ExitCodes.Failure;
            announcer.Fail(code, sentence);
            return code;
        }
    }

    private static async Task<int> ServeAsync(MountRequest request, IMountAnnouncer announcer, Func<LogSink> openLog, CommandContext context)
    {
        using var stop = new StopSignal();
        using var loggers = Logs.Create(openLog(), request.Verbose ? LogLevel.Debug : LogLevel.Information, context.Time);
        var log = loggers.CreateLogger(typeof(MountProcess));
        var cacheDirectory = await ServeUntilEndAsync(request, announcer, stop, loggers, context);
        // Told by the one who has put everything away.
        if (UnsentNote.Read(cacheDirectory) is { } kept)
            log.ChangesKept(kept.ToSentence());
        return ExitCodes.Success;
    }

    /// <summary>Returns the cache directory once the mount has ended and everything is put away.</summary>
    private static async Task<string> ServeUntilEndAsync(
        MountRequest request, IMountAnnouncer announcer, StopSignal stop, ILoggerFactory loggers, CommandContext context)
    {
        var log = loggers.CreateLogger(typeof(MountProcess));
        using var starting = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, announcer.Abandoned);
        await using var house = await Composition.StartAsync(request, context.Surroundings, loggers, context.Time, starting.Token);
        await using var registration = MountRegistration.Open(house, request, context);
        var record = registration.Record;
        log.Mounted(record.Title, record.Mountpoint, record.CacheDirectory);
        Announce(announcer, house, record, request.IsHandedIn);
        await Task.WhenAny(house.Mount.Completion, stop.Requested);
        if (!house.Mount.Completion.IsCompleted)
            log.AskedToEnd(record.Mountpoint);
        return record.CacheDirectory;
    }

    private static void Announce(IMountAnnouncer announcer, Composition house, MountRecord record, bool isHandedIn)
    {
        foreach (var notice in house.Settings.Notices.Concat(house.Status.Notices))
            announcer.Note(notice);
        if (house.Source.Trouble is { } trouble)
            announcer.Note($"{trouble} What is known from before is shown; the rest follows when Synapse answers.");
        if (house.WhyReadOnly is { } why)
            announcer.Note(why);
        if (house.Status.Pending is { Waiting: > 0 } or { Blocked: > 0 })
            announcer.Note($"{UnsentNote.Describe(house.Status.Pending)} kept from before: {WhatComesOf(house, record)}.");
        var end = isHandedIn
            ? "It ends when whoever mounted the descriptor unmounts it"
            : $"End it with: {ShellText.Quote(Environment.ProcessPath ?? "synapsefs")} unmount {ShellText.Quote(record.Mountpoint)}";
        announcer.Ready($"{record.Title} mounted {(record.ReadOnly ? "read-only " : "")}at {record.Mountpoint}. {end}");
    }

    private static string WhatComesOf(Composition house, MountRecord record) => record switch
    {
        { Sends: false } => "this mount sends nothing, another will",
        _ when house.Source.Trouble is not null => "sent when Synapse answers",
        _ => "sending goes on",
    };
}
