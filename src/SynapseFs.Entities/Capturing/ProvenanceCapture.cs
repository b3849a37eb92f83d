using SynapseFs.Core.Providers;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Capturing;

/// <summary>
/// Finds out by itself what files are made from: what the command that writes a file has opened for reading on the mount before is used by
/// it, and the script that it runs is executed. native-notes/provenance.md says what a command is.
/// </summary>
/// <param name="mountpoint">Where the mount is, by which scripts are known; null: none are.</param>
/// <param name="isForAll">Whether all programs are watched, or only those told to <see cref="Watch"/>.</param>
public sealed class ProvenanceCapture(string? mountpoint, bool isForAll, TimeProvider time) : ContentWitness
{
    /// <summary>A shell starts the next command of a pipeline within moments, unless the machine is very busy.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(5);
    private const int MostGlances = 20;

    private readonly Lock _lock = new();
    private readonly bool _isForAll = isForAll;
    private volatile bool _isWatching = isForAll;

    // All guarded by _lock, which is a leaf.
    private readonly WatchedProcesses _processes = new();
    private readonly WatchedRuns _runs = new();
    private readonly Dictionary<InodeNumber, HashSet<ProcessKey>> _writers = [];
    private readonly Dictionary<InodeNumber, HashSet<ProcessKey>> _openers = [];

    public override string OptOutName => ".no-provenance";

    public override bool IsWatching => _isWatching;

    /// <summary>A note in one line, for a person.</summary>
    public static string Describe(string note)
    {
        var origin = OriginNote.Parse(note);
        var words = origin.Sources.Select(source =>
            (source.IsExecuted ? "executed " : "used ")
            + (source.Id is { } id ? new Client.SynapseEntityId(Client.SynapseEntityId.Parse(id).Number, source.Version).ToString() : source.Path ?? "a file not yet sent"));
        return $"{string.Join(" | ", origin.Commands)}: {string.Join(", ", words)}";
    }

    /// <summary>From now on, and for as long as it lives, a process and all that it starts are watched.</summary>
    /// <returns>False: there is no such process.</returns>
    public bool Watch(int processId)
    {
        if (Processes.Find(processId) is not { } facts)
            return false;
        lock (_lock)
            _runs.Add(facts.Key);
        _isWatching = true;
        return true;
    }

    /// <summary>Whether a process told to <see cref="Watch"/>, or what it started, changed what is at a path.</summary>
    public bool HasChanged(int processId, string path)
    {
        lock (_lock)
            return _runs.HasChanged(processId, path);
    }

    /// <summary>What such a process has changed so far is of no interest any more.</summary>
    public void ForgetChanges(int processId)
    {
        lock (_lock)
            _runs.ForgetPaths(processId);
    }

    public override object? Opened(Caller caller, WitnessedContent content, OpenMode mode)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (Find(caller) is not var (facts, ancestors))
            return null;
        var writes = (mode & (OpenMode.Write | OpenMode.Append)) != 0;
        var isNew = false;
        lock (_lock)
            isNew = _processes.Find(facts.Key) is null;
        // The commands of a pipeline are all there by the time the last one opens what it writes to.
        var pipeline = isNew || writes ? Pipelines.Around(facts, ancestors) : [];
        var isExecuted = (mode & OpenMode.Execute) != 0 || (mountpoint is not null && Interpreter.Of(facts) is not null
            && ScriptRule.IsScript(facts, Processes.WorkingDirectoryOf(facts.Key.Id), mountpoint + content.Path));
        lock (_lock)
        {
            _processes.Add(pipeline);
            var process = _processes.Remember(facts, ancestors);
            process.UsesMount = true;
            if (writes)
                _runs.Changed(ancestors, content.Path);
            // A shell opens for whatever it is told to start.
            if (writes && !Programs.StartsCommands(facts))
                Add(_openers, content.Inode, facts.Key);
            return (mode & OpenMode.Read) != 0 && SourceOf(content, isExecuted) is { } source ? Read(process, source) : null;
        }
    }

    // Until its first command has ended no other of a pipeline has, and that one waits here. If the shell has not started them all, it gets a moment.
    public override async ValueTask ClosingAsync(object opened)
    {
        var process = ((WatchedRead)opened).Process;
        for (var glances = 0; WritesToUnknown(process); glances++)
        {
            var pipeline = Pipelines.Around(process.Facts, process.Ancestors);
            lock (_lock)
            {
                _processes.Add(pipeline);
                process.WasWaitedFor |= glances == MostGlances;
                if (process.WasWaitedFor || !_processes.WritesToUnknown(process))
                    return;
            }

            await Task.Delay(Glance, time);
        }
    }

    public override void Changed(Caller caller, string path)
    {
        lock (_lock)
        {
            if (_runs.IsEmpty)
                return;
        }

        if (Find(caller) is not var (_, ancestors))
            return;
        lock (_lock)
            _runs.Changed(ancestors, path);
    }

    public override void Closed(object opened)
    {
        lock (_lock)
            ((WatchedRead)opened).Open--;
    }

    public override void Written(Caller caller, InodeNumber inode)
    {
        if (Find(caller) is not var (facts, ancestors))
            return;
        lock (_lock)
        {
            _processes.Remember(facts, ancestors).UsesMount = true;
            Add(_writers, inode, facts.Key);
        }
    }

    public override void EndWriting(InodeNumber inode)
    {
        lock (_lock)
        {
            _writers.Remove(inode);
            _openers.Remove(inode);
        }
    }

    public override string? NoteOf(InodeNumber inode, string? earlier)
    {
        lock (_lock)
        {
            var note = NoteLocked(inode, MakersLocked(inode));
            return (earlier is null ? note : OriginNote.Merge(OriginNote.Parse(earlier), note)).ToText();
        }
    }

    public override IReadOnlyCollection<InodeNumber> Awaits(string note) => !OriginNote.IsOpen(note)
        ? []
        : [.. OriginNote.Parse(note).Sources.Where(source => source.Id is null).Select(source => new InodeNumber(source.Inode)).Distinct()];

    public override void Learn(ContentFate fate)
    {
        lock (_lock)
            _processes.Learn(fate);
    }

    public override string Amend(string note, ContentFate fate)
    {
        if (!OriginNote.IsOpen(note))
            return note;
        var origin = OriginNote.Parse(note);
        var amended = origin.With(fate);
        // A note that says nothing any more is a note still: its content is the same.
        return ReferenceEquals(origin, amended) ? note : amended.ToText() ?? "{}";
    }

    private bool WritesToUnknown(WatchedProcess process)
    {
        lock (_lock)
            return _processes.WritesToUnknown(process);
    }

    // Who writes, and who opened it and then had another write: tar has a shell start gzip. Through a memory map nobody writes in a call of his own.
    private List<WatchedProcess> MakersLocked(InodeNumber inode)
    {
        var writers = Known(_writers);
        var openers = Known(_openers);
        return writers.Count == 0 ? openers
            : [.. writers, .. openers.Where(opener => writers.Exists(writer => writer.Ancestors.Any(above => above.Key == opener.Facts.Key)))];

        List<WatchedProcess> Known(Dictionary<InodeNumber, HashSet<ProcessKey>> processes) =>
            [.. (processes.GetValueOrDefault(inode) ?? []).Select(_processes.Find).OfType<WatchedProcess>()];
    }

    private OriginNote NoteLocked(InodeNumber inode, IReadOnlyList<WatchedProcess> makers)
    {
        var commands = _processes.CommandsOf(makers);
        var sources = commands.SelectMany(process => process.Reads.Where(read => IsUsed(process, read)))
            .Concat(commands.SelectMany(process => process.Ancestors).Select(ancestor => _processes.Find(ancestor.Key)).OfType<WatchedProcess>()
                .SelectMany(ancestor => ancestor.Reads.Where(read => read.Source.IsExecuted)))
            .Select(read => read.Source)
            .Where(source => source.Id is not null || source.Inode != inode.Value);
        var roots = commands.Select(_processes.RootOf).Distinct().OrderBy(root => root.Facts.Key.Start).ThenBy(root => root.Facts.Key.Id).ToList();
        // Where a shell does it all itself, its own command line is all that can be told.
        var told = roots.Exists(HasBegun) ? roots.Where(HasBegun) : roots;
        return new OriginNote
        {
            Commands = [.. told.Select(root => CommandText.Of(root.Facts)).Distinct()],
            Sources = [.. sources.Distinct()],
        };
    }

    // A shell reads for many commands: what it has open while it writes is what it writes from.
    private static bool IsUsed(WatchedProcess process, WatchedRead read) =>
        !Programs.IsShell(process.Facts) || read.Open > 0 || read.Source.IsExecuted;

    // A process that a shell has made, and that has not become its command yet, still bears the shell's name.
    private static bool HasBegun(WatchedProcess process) =>
        process.Ancestors.Count == 0 || !process.Facts.Arguments.SequenceEqual(process.Ancestors[0].Arguments);

    private (ProcessFacts Facts, IReadOnlyList<ProcessFacts> Ancestors)? Find(Caller caller)
    {
        if (!_isWatching || caller.ProcessId is not { } id || Processes.Find(id) is not { } facts || Programs.IsOnlooker(facts.Name))
            return null;
        IReadOnlyList<ProcessFacts>? ancestors;
        lock (_lock)
            ancestors = _processes.Find(facts.Key)?.Ancestors;
        ancestors ??= Processes.AncestorsOf(facts);
        if (_isForAll)
            return (facts, ancestors);
        lock (_lock)
            return _runs.Has(ancestors) ? (facts, ancestors) : null;
    }

    private static OriginSource? SourceOf(WitnessedContent content, bool isExecuted)
    {
        if (content.Unsent is not { } unsent)
            return OriginSource.Of(content.Node, isExecuted);
        return content.Node.Kind == EntityKinds.File
            ? new OriginSource { Inode = content.Inode.Value, Unsent = unsent, Path = content.Path, IsExecuted = isExecuted }
            : null;
    }

    private static WatchedRead Read(WatchedProcess process, OriginSource source)
    {
        var read = process.Reads.Find(known => known.Source == source);
        if (read is null)
            process.Reads.Add(read = new WatchedRead(process, source));
        read.Open++;
        return read;
    }

    private static void Add(Dictionary<InodeNumber, HashSet<ProcessKey>> processes, InodeNumber inode, ProcessKey key)
    {
        if (!processes.TryGetValue(inode, out var keys))
            processes[inode] = keys = [];
        keys.Add(key);
    }
}
