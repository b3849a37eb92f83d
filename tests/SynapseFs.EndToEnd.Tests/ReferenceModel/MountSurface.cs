using System.Security.Cryptography;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Testing.Reference;
using SynapseFs.Testing.Remote;

namespace SynapseFs.EndToEnd.Tests.ReferenceModel;

/// <summary>A directory of a real mount, with a second client at the server.</summary>
internal sealed class MountSurface : PathSurface
{
    private readonly MountStage _stage;
    private readonly string _directory;
    private readonly Dictionary<string, string> _texts = [];
    private string? _id;

    public MountSurface(MountStage stage)
    {
        _stage = stage;
        _directory = stage.AddDirectory();
    }

    protected override string Root => Path.Combine(_stage.Mountpoint, _directory);

    private SynapseClient Client => _stage.World.Client;

    public override ValueTask DisposeAsync()
    {
        Abandon();
        return ValueTask.CompletedTask;
    }

    // Who is not root cannot ask for it; the kernel then forgets when it wants to.
    protected override Task ForgetAsync()
    {
        Libc.TryForgetNames(_stage.Mountpoint);
        return Task.CompletedTask;
    }

    protected override async Task<string?> SettleAsync()
    {
        if (await _stage.WaitAsync(_directory) is { Length: > 0 } waiting)
            return $"waits: {waiting}";
        var tree = await ReadRemoteAsync();
        return await JudgeRemoteAsync(tree.Things.Select(thing => KeyValuePair.Create(
            thing.Key, thing.Value.IsFolder ? null : _texts.GetValueOrDefault(thing.Value.Versions[^1], thing.Value.Versions[^1]))));
    }

    // All files are closed, so a kill takes nothing that was promised.
    protected override Task RemountAsync(bool emptyCache) =>
        emptyCache ? _stage.RemountWithoutContentAsync() : _stage.RemountAfterKillAsync();

    protected override async Task ChangeRemotelyAsync(TreeStep change)
    {
        var tree = await ReadRemoteAsync();
        switch (change)
        {
            case RemoteWriteStep write when tree.Things.TryGetValue(write.Path, out var file):
                await _stage.World.ReplaceFileAsync(file.Id, Filled(write.Count, write.Fill));
                break;
            case RemoteWriteStep write:
                await _stage.World.AddFileAsync(NameOf(write.Path), Filled(write.Count, write.Fill), IdOf(ParentOf(write.Path)));
                break;
            case RemoteMakeDirectoryStep make:
                await _stage.World.AddFolderAsync(NameOf(make.Path), IdOf(ParentOf(make.Path)));
                break;
            case RemoteRemoveStep remove:
                await Client.Entities.DeleteAsync(IdOf(remove.Path), RequestPriority.Interactive, CancellationToken.None);
                break;
            case RemoteMoveStep move:
                var moved = await Client.Entities.GetAsync(IdOf(move.From), null, RequestPriority.Interactive, CancellationToken.None);
                await Client.Entities.UpdateAsync(
                    moved with { ParentId = IdOf(ParentOf(move.To)), Name = NameOf(move.To) }, VersionChange.Keep,
                    RequestPriority.Interactive, CancellationToken.None);
                break;
        }

        // What is promised is a time: nothing tells when the mount has noticed.
        await Task.Delay(MountStage.Ttl);

        string IdOf(string path) => path.Length == 0 ? _id! : tree.Things[path].Id;
    }

    // The server tells MD5s; what was read here tells what they stand for.
    protected override Task<string> DescribeAsync(byte[] bytes)
    {
#pragma warning disable CA5351 // what Synapse compares contents by
        return Task.FromResult(_texts[Convert.ToHexStringLower(MD5.HashData(bytes))] = Describe(bytes));
#pragma warning restore CA5351
    }

    private async Task<RemoteTree> ReadRemoteAsync()
    {
        _id ??= await Client.Children.FindAsync(_stage.World.Project, _directory, RequestPriority.Interactive, CancellationToken.None)
            ?? throw new InvalidOperationException($"'{_directory}' is not on the server.");
        return await RemoteTree.ReadAsync(Client, _id);
    }
}
