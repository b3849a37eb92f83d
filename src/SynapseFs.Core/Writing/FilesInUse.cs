using System.Collections.Concurrent;
using SynapseFs.Core.Providers;
using SynapseFs.Core.Reading;
using SynapseFs.Core.Sending;
using SynapseFs.Core.Staging;
using SynapseFs.Core.Tree;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Writing;

/// <summary>The files that handles or the sender use, one object for each inode. Its lock comes before the files' own.</summary>
internal sealed class FilesInUse(MountParts parts, Journal journal, OpenContents contents)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<InodeNumber, FileInUse> _files = [];
    private readonly ConcurrentDictionary<long, bool> _stagedInUse = new();
    private readonly RunningTasks _ending = new();

    public DateTimeOffset Now => parts.Time.GetUtcNow();

    public FileInUse? Find(InodeNumber inode)
    {
        lock (_lock)
            return _files.GetValueOrDefault(inode);
    }

    /// <summary>Whether somebody has the file open for writing.</summary>
    public bool IsOpenForWriting(InodeNumber inode)
    {
        lock (_lock)
            return _files.TryGetValue(inode, out var file) && file.Writers > 0;
    }

    /// <summary>One more user of the file; give it back with <see cref="Leave"/>.</summary>
    /// <exception cref="FsException">Stale: it is gone. InputOutput: what was changed cannot be opened.</exception>
    public FileInUse Use(InodeNumber inode, bool writes)
    {
        lock (_lock)
        {
            if (!_files.TryGetValue(inode, out var file))
            {
                // Read here: while nobody uses the file, nothing about its content changes.
                var row = parts.Cache.Nodes.Get(inode) ?? throw new FsException(FsError.Stale, $"Inode {inode} is gone.");
                file = new FileInUse(inode, this);
                file.Begin(CleanOf(row), ChangedOf(row));
                _files.Add(inode, file);
            }

            file.Uses++;
            if (writes)
                file.Writers++;
            return file;
        }
    }

    /// <summary>
    /// Freezes the file's changed content for sending. Null when there is none, or while somebody has it open for writing and
    /// <paramref name="isOpenToo"/> is not given.
    /// </summary>
    public StagedContent? Freeze(FileInUse file, bool isOpenToo)
    {
        lock (_lock)
        {
            if (file.Writers > 0 && !isOpenToo)
                return null;
            // A file that lost its remote thing while somebody had it open: the journal has its bytes under a number of their own.
            if (journal.Find(file.Inode)?.Staged is { } number && parts.Cache.Nodes.Get(file.Inode) is { } row)
                file.TakeUp(number, () => Restore(number, row));
            return file.Freeze(isOpenToo);
        }
    }

    /// <summary>A handle that may write is done; it stays a user until it leaves. Whether it was the last such.</summary>
    public bool EndWriting(FileInUse file)
    {
        lock (_lock)
            return --file.Writers == 0;
    }

    public void Leave(FileInUse file)
    {
        lock (_lock)
        {
            if (--file.Uses > 0)
                return;
            _files.Remove(file.Inode);
            journal.SetWritten(file.Inode, false);
        }

        foreach (var (staged, sent) in file.End())
            _ending.Add(Task.Run(() => End(staged, sent)));
    }

    public Task WhenIdleAsync() => _ending.WhenIdleAsync();

    /// <summary>A new staged content.</summary>
    /// <exception cref="FsException">NoSpace, InputOutput.</exception>
    public StagedContent Stage(BaseContent? below, long length) =>
        StoreFailures.Translated(() => InUse(StagedContent.Create(parts.Cache.Staging, below, length)));

    /// <summary>Whether the staged file has a user, who deletes it in the end if the journal does not name it.</summary>
    public bool IsInUse(long number) => _stagedInUse.ContainsKey(number);

    /// <summary>A clean content as a base.</summary>
    public BaseContent Over(CleanContent clean, InodeNumber inode) =>
        new CachedBase(contents, contents.Open(inode, clean.Key, clean.Length, SourceOf(clean)), clean.Node);

    /// <summary>How a clean content is fetched.</summary>
    public RemoteContent SourceOf(CleanContent clean) => parts.Providers[new NodeKind(clean.Kind)].OpenContent(
        new RemoteNode(new NodeKind(clean.Kind), clean.Node, clean.Node, null),
        new RemoteDetails
        {
            Revision = string.Empty,
            Modified = default,
            Created = default,
            Permissions = FilePermissions.None,
            Length = clean.Length,
            Content = clean.Key,
        });

    public void Written(FileInUse file) => journal.SetWritten(file.Inode, true);

    public void Settled(FileInUse file) => journal.SetWritten(file.Inode, false);

    /// <summary>What the remote side has of a file; null where the content exists here only, or may not be had.</summary>
    private CleanContent? CleanOf(NodeRow row) =>
        row is { IsLocal: false, LocalLength: null, Details: { Denied: null, Content: { } key, Length: { } length } }
            ? new CleanContent(key, length, row.Kind, parts.Providers[new NodeKind(row.Kind)].ContentOwnerOf(RowMapping.ToNode(row)))
            : null;

    private StagedContent? ChangedOf(NodeRow row) =>
        row.LocalLength is > 0 && journal.Find(row.Inode)?.Staged is { } number ? Restore(number, row) : null;

    private StagedContent Restore(long number, NodeRow row) => StoreFailures.Translated(() =>
    {
        var staged = parts.Cache.Journal.FindStaged(number)
            ?? throw new FsException(FsError.InputOutput, $"The changed content of '{row.Name}' is not in the journal.");
        BaseContent? below = staged switch
        {
            { BaseStaged: { } lower } => new StagedBase(Frozen(Restore(lower, row))),
            { Base: { } key, BaseNode: { } node } => Over(new CleanContent(key, staged.BaseLength, row.Kind, node), row.Inode),
            _ => null,
        };
        var content = InUse(StagedContent.Restore(parts.Cache.Staging, staged, below));
        // It may be there already, though no answer came, or was found valid as it is: then it must stay what it was.
        if (parts.Providers[new NodeKind(row.Kind)].IsUnderstood || SentMark.Parse(journal.Find(row.Inode)?.SentContent)?.Staged == number)
            content.Freeze();
        return content;
    });

    private StagedContent InUse(StagedContent staged)
    {
        _stagedInUse[staged.Number] = true;
        return staged;
    }

    private static StagedContent Frozen(StagedContent content)
    {
        content.Freeze();
        return content;
    }

    // What was sent becomes cached content, what the journal names stays, the rest was never saved.
    private void End(StagedContent staged, CleanContent? sent)
    {
        var isWhole = staged is { IsFrozen: true, IsWhole: true };
        staged.Dispose();
        // In this order: whoever takes it out of the journal looks the other way round.
        _stagedInUse.TryRemove(staged.Number, out _);
        if (parts.Cache.Journal.FindStaged(staged.Number) is not null)
            return;
        if (sent is not null && isWhole)
            parts.Cache.Contents.Adopt(sent.Key, sent.Length, staged.Path);
        parts.Cache.Staging.Delete(staged.Number);
        journal.Pass(JournalPoint.AfterAdopted);
    }
}
