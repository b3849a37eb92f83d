using System.Security.Cryptography;
using SynapseFs.Core.Providers;
using SynapseFs.Vfs;

namespace SynapseFs.Testing.RemoteWorld;

/// <summary>What providers are asked to change, by the rules that the contract gives them.</summary>
public sealed partial class World
{
    private int _lastContent;
    private long _bytesReceived;

    /// <summary>Runs after a change was carried out and before its answer: throw in it to lose the answer.</summary>
    public Action<string>? OnAnswer { get; set; }

    /// <summary>Runs after a change was carried out and may be seen by everybody: wait in it to hold its answer back.</summary>
    public Func<WorldCall, CancellationToken, Task>? OnLeave { get; set; }

    /// <summary>How much may be stored; null: no limit.</summary>
    public StorageQuota? Quota { get; set; }

    /// <summary>Bytes of content that came over; server-side copies bring none.</summary>
    public long BytesReceived => Interlocked.Read(ref _bytesReceived);

    /// <summary>Everything in a directory, by name.</summary>
    public IReadOnlyDictionary<string, WorldNode> In(WorldNode directory)
    {
        lock (_lock)
            return directory.Children.ToDictionary(child => child.Name);
    }

    internal Task LeaveAsync(WorldCall call, CancellationToken cancellationToken) =>
        OnLeave?.Invoke(call, cancellationToken) ?? Task.CompletedTask;

    /// <summary>The bytes of a content are there, under an id of their own.</summary>
    internal async Task<(string Id, byte[] Bytes)?> TakeAsync(LocalContent? content, CancellationToken cancellationToken)
    {
        if (content is null)
            return null;
        if (content.SentContent is { } sent && _contents.TryGetValue(sent, out var there) && there.Length == content.Length)
            return await KeepAsync(content, sent, there, cancellationToken);
        if (content.Copies.FirstOrDefault(copy => _contents.ContainsKey(copy.Content.Id) && _nodes.ContainsKey(copy.RemoteId)) is { } copy)
            return await KeepAsync(content, NextContent(), _contents[copy.Content.Id], cancellationToken);
        if (content.Completing is { } completing)
            await completing(cancellationToken);
        var bytes = await File.ReadAllBytesAsync(content.Path, cancellationToken);
        if (bytes.Length != content.Length || Md5Of(bytes) != content.Md5)
            throw new InvalidOperationException($"{content.Length} bytes were promised, and others came.");
        Interlocked.Add(ref _bytesReceived, bytes.Length);
        content.Progress?.Report(bytes.Length);
        return await KeepAsync(content, NextContent(), bytes, cancellationToken);
    }

    internal RemoteChild Create(NewNode node, NodeKind kind, (string Id, byte[] Bytes)? content)
    {
        lock (_lock)
        {
            if (!_nodes.TryGetValue(node.Parent, out var parent))
                throw new ChangeRefusedException(ChangeRefusal.ParentGone, $"'{node.Parent}' does not exist.");
            if (!parent.Rights.HasFlag(Store.NodeRights.AddChildren))
                throw new ChangeRefusedException(ChangeRefusal.NotAllowed, "Nothing may be put there.");
            if (parent.Children.Find(child => child.Name == node.Name) is { } there)
            {
                return there.Kind == kind && (kind == DirectoryKind || (content is { } ours && there.SentContent == ours.Id))
                    ? Answer(there)
                    : throw new ChangeRefusedException(ChangeRefusal.NameTaken, $"'{node.Name}' is there already.");
            }

            var made = Create(node.Name, kind);
            if (content is { } taken)
                (made.Bytes, made.SentContent) = (taken.Bytes, taken.Id);
            made.LinkTarget = node.LinkTo is { } target && _nodes.TryGetValue(target, out var to) ? PathOf(to) : null;
            Add(parent, made);
            return Answer(made);
        }
    }

    internal RemoteChild Update(string id, NodeUpdate update, (string Id, byte[] Bytes)? content)
    {
        lock (_lock)
        {
            if (!_nodes.TryGetValue(id, out var node))
                throw new ChangeRefusedException(ChangeRefusal.Gone, $"'{id}' does not exist.");
            if (!node.Rights.HasFlag(Store.NodeRights.Change))
                throw new ChangeRefusedException(ChangeRefusal.NotAllowed, "It may not be changed.");
            if (!update.Xattrs.IsEmpty)
                return UpdateXattrs(node, update.Xattrs);
            var isThere = update.Place is not { } wanted || (node.Parent!.Id == wanted.Parent && node.Name == wanted.Name);
            var isThis = content is not { } ours || node.SentContent == ours.Id;
            if (isThere && isThis)
                return Answer(node);
            if (!isThis && update.KnownContent is { } known && node.Key.Id != known && !update.OwnContents.Contains(node.Key.Id))
                throw new ChangeRefusedException(ChangeRefusal.ContentChanged, $"'{node.Name}' has other content.");
            if (!isThis && !IsOfVersion(update.KnownRevision, node))
                throw new ChangeRefusedException(ChangeRefusal.ContentChanged, $"'{node.Name}' has another version.");
            if (!isThere && update.KnownPlace is { } place && new NodePlace(node.Parent!.Id, node.Name) is var now && now != place
                && !update.OwnPlaces.Contains(now))
                throw new ChangeRefusedException(ChangeRefusal.PlaceChanged, $"'{node.Name}' is elsewhere.");
            if (!isThere)
                Place(node, update.Place!);
            if (!isThis && content is { } taken)
            {
                (node.Bytes, node.SentContent) = (taken.Bytes, taken.Id);
                node.Version++;
            }

            Change(node, () => { });
            return Answer(node);
        }
    }

    /// <summary>A text is kept in capitals; a second one that begins with "{no" can never be.</summary>
    internal async Task<RemoteChild> UnderstandAsync(string id, NodeUpdate update, CancellationToken cancellationToken)
    {
        var content = update.Content ?? throw new ChangeRefusedException(ChangeRefusal.Impossible, "Only its text can be changed.");
        if (content.Completing is { } completing)
            await completing(cancellationToken);
        var text = (await File.ReadAllTextAsync(content.Path, cancellationToken)).ToUpperInvariant();
        lock (_lock)
        {
            if (!_nodes.TryGetValue(id, out var node))
                throw new ChangeRefusedException(ChangeRefusal.Gone, $"'{id}' does not exist.");
            if (System.Text.Encoding.UTF8.GetString(node.Bytes) == text)
                return Answer(node);
            if (text.StartsWith("{NO", StringComparison.Ordinal))
                throw new ChangeRefusedException(ChangeRefusal.Impossible, "The world does not want it.");
            if (update.KnownContent is { } known && node.Key.Id != known)
                throw new ChangeRefusedException(ChangeRefusal.ContentChanged, $"'{node.Name}' has other content.");
            SetBytes(node, System.Text.Encoding.UTF8.GetBytes(text));
            return Answer(node);
        }
    }

    private RemoteChild UpdateXattrs(WorldNode node, Store.XattrChanges xattrs)
    {
        var changed = xattrs.All.Where(change => node.Xattrs.GetValueOrDefault(change.Key) is var now && now != change.Value.Value
            && change.Value.IsBaseKnown && now != change.Value.Base).Select(change => change.Key).ToList();
        if (changed.Count > 0)
            throw new ChangeRefusedException(ChangeRefusal.XattrsChanged, $"{changed[0]} was changed.") { Xattrs = changed };
        if (xattrs.All.Values.Any(change => change.Value == "impossible"))
            throw new ChangeRefusedException(ChangeRefusal.Impossible, "That can be no value.");
        Change(node, () =>
        {
            foreach (var (name, change) in xattrs.All)
            {
                if (change.Value is { } value)
                    node.Xattrs[name] = change.Form is null ? value : $"{value} as {change.Form}";
                else
                    node.Xattrs.Remove(name);
            }
        });
        return Answer(node);
    }

    internal void Delete(string id, NodeDeletion deletion)
    {
        lock (_lock)
        {
            if (!_nodes.TryGetValue(id, out var node))
                return;
            if (!node.Rights.HasFlag(Store.NodeRights.Delete))
                throw new ChangeRefusedException(ChangeRefusal.NotAllowed, "It may not be deleted.");
            if (deletion.Content is { } content && node.Key.Id != content.Id && !deletion.OwnContents.Contains(node.Key.Id))
                throw new ChangeRefusedException(ChangeRefusal.ContentChanged, $"'{node.Name}' has other content.");
            if (deletion.Content is null && node.Kind == FileKind && !IsOfVersion(deletion.Revision, node))
                throw new ChangeRefusedException(ChangeRefusal.ContentChanged, $"'{node.Name}' has another version.");
            if (node.Children.Exists(child => !deletion.AlsoDeleted.Contains(child.Id)))
                throw new ChangeRefusedException(ChangeRefusal.NotEmpty, $"'{node.Name}' is not empty.");
            RemoveTree(node);
        }

        OnAnswer?.Invoke("delete");
    }

    private static bool IsOfVersion(string? revision, WorldNode node) =>
        revision is null || revision.StartsWith($"{node.Version}@", StringComparison.Ordinal);

    private void Place(WorldNode node, NodePlace wanted)
    {
        if (!_nodes.TryGetValue(wanted.Parent, out var parent))
            throw new ChangeRefusedException(ChangeRefusal.ParentGone, $"'{wanted.Parent}' does not exist.");
        for (var at = parent; at is not null; at = at.Parent)
        {
            if (at == node)
                throw new ChangeRefusedException(ChangeRefusal.Impossible, "It would be in itself.");
        }

        if (parent.Children.Exists(child => child.Name == wanted.Name && child != node))
            throw new ChangeRefusedException(ChangeRefusal.NameTaken, $"'{wanted.Name}' is there already.");
        node.Parent!.Children.Remove(node);
        parent.Children.Add(node);
        (node.Parent, node.Name) = (parent, wanted.Name);
    }

    private void RemoveTree(WorldNode node)
    {
        foreach (var child in node.Children.ToList())
            RemoveTree(child);
        node.Parent?.Children.Remove(node);
        node.Parent = null;
        _nodes.TryRemove(node.Id, out _);
    }

    private RemoteChild Answer(WorldNode node)
    {
        OnAnswer?.Invoke("change");
        return node.ToChild() with { Details = node.ToDetails() };
    }

    private async Task<(string Id, byte[] Bytes)?> KeepAsync(
        LocalContent content, string id, byte[] bytes, CancellationToken cancellationToken)
    {
        _contents[id] = bytes;
        await content.Sending(id, cancellationToken);
        return (id, bytes);
    }

    private string NextContent() => $"sent{Interlocked.Increment(ref _lastContent)}";

    private static string PathOf(WorldNode node) => node.Parent is null ? string.Empty : PathOf(node.Parent) + "/" + node.Name;

#pragma warning disable CA5351 // as the remote service
    private static string Md5Of(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
}
