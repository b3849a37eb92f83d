using System.Globalization;
using SynapseFs.Core.Tests.Writing;
using SynapseFs.Testing.Processes;
using SynapseFs.Testing.Reference;
using SynapseFs.Testing.RemoteWorld;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Reference;

/// <summary>The engine over a scripted world, in which somebody else changes things too.</summary>
internal sealed class EngineSurface : FileSystemSurface
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly EngineRig _rig;
    private readonly RemoteLine _line;

    public EngineSurface(MountOptions options, LineQuality quality = LineQuality.Good)
    {
        _rig = new EngineRig(options);
        _line = new RemoteLine(World, quality);
    }

    private World World => _rig.World;

    protected override IFileSystem FileSystem => _rig.FileSystem;

    public override ValueTask DisposeAsync() => _rig.DisposeAsync();

    protected override async Task<string?> SettleAsync()
    {
        using var open = _line.LetThrough();
        if (await DrainAsync() is { Count: > 0 } waiting)
            return $"waits: {string.Join("; ", waiting.Select(item => $"{item.State} {item.What} {item.Path}: {item.Reason}"))}";
        return await JudgeRemoteAsync(RemoteBelow(World.Root, string.Empty)) ?? await JudgeStagingAsync();
    }

    protected override async Task RemountAsync(bool emptyCache)
    {
        await base.RemountAsync(emptyCache);
        await _rig.StopAsync();
        if (emptyCache)
        {
            foreach (var path in Directory.EnumerateFiles(_rig.CachePath, "blocks.db*"))
                File.Delete(path);
            Directory.Delete(Path.Combine(_rig.CachePath, "content"), recursive: true);
        }

        await _rig.RestartAsync();
    }

    protected override Task ChangeRemotelyAsync(TreeStep change)
    {
        switch (change)
        {
            case RemoteWriteStep write when Find(write.Path) is { } file:
                World.SetBytes(file, Filled(write.Count, write.Fill));
                break;
            case RemoteWriteStep write:
                World.AddFile(Find(ParentOf(write.Path))!, NameOf(write.Path), Filled(write.Count, write.Fill));
                break;
            case RemoteMakeDirectoryStep make:
                World.AddDirectory(Find(ParentOf(make.Path))!, NameOf(make.Path));
                break;
            case RemoteRemoveStep remove:
                Remove(Find(ParentOf(remove.Path))!, Find(remove.Path)!);
                break;
            case RemoteMoveStep move:
                World.Move(Find(move.From)!, Find(ParentOf(move.To))!, NameOf(move.To));
                break;
        }

        _rig.EndLeases();
        return Task.CompletedTask;
    }

    protected override async Task<string> CarryOutAsync(TreeStep what)
    {
        var result = await base.CarryOutAsync(what);
        await _line.PassAsync(() => _rig.FileSystem.GetPending(1).Count > 0);
        return result;
    }

    // What nobody needs any more is deleted, though not by whoever closes it.
    private async Task<string?> JudgeStagingAsync()
    {
        if (OpenModes.Count > 0)
            return null;
        var needed = new HashSet<long>();
        foreach (var entry in _rig.Cache.Journal.ReadEntries())
        {
            for (var number = entry.Staged; number is { } at && needed.Add(at);)
                number = _rig.Cache.Journal.FindStaged(at)?.BaseStaged;
        }

        return await Eventually.HoldsAsync(() => Spare().Count == 0, Patience) ? null : $"staged for nobody: {string.Join(", ", Spare())}";

        List<string> Spare() =>
        [
            .. Directory.EnumerateFiles(Path.Combine(_rig.CachePath, "staging")).Select(path => Path.GetFileName(path))
                .Where(name => !needed.Contains(long.Parse(name, CultureInfo.InvariantCulture))),
        ];
    }

    private IEnumerable<KeyValuePair<string, string?>> RemoteBelow(WorldNode directory, string path) =>
        World.In(directory).SelectMany(child => child.Value.Kind == World.DirectoryKind
            ? RemoteBelow(child.Value, Below(path, child.Key)).Prepend(new(Below(path, child.Key), null))
            : [new(Below(path, child.Key), Describe(child.Value.Bytes))]);

    private WorldNode? Find(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Aggregate((WorldNode?)World.Root, (at, name) => at is null ? null : World.In(at).GetValueOrDefault(name));

    private void Remove(WorldNode parent, WorldNode node)
    {
        foreach (var child in World.In(node).Values)
            Remove(node, child);
        World.Remove(parent, node);
    }

    // What is left although somebody waited for it.
    private async Task<IReadOnlyList<PendingItem>> DrainAsync()
    {
        try
        {
            return await _rig.DrainAsync();
        }
        catch (OperationCanceledException)
        {
            return _rig.FileSystem.GetPending(10);
        }
    }
}
