using System.Text;
using SynapseFs.Testing.RemoteWorld;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Writing;

/// <summary>What a program does to a mount, in short words. Paths have at most two parts.</summary>
internal static class WritingRig
{
    public static readonly MountOptions Options = new() { ReadOnly = false, SettleTime = TimeSpan.Zero, AccountName = "ann" };

    /// <summary>Changes rest for as long as the clock stands still.</summary>
    public static readonly MountOptions Resting = Options with { SettleTime = TimeSpan.FromSeconds(1) };

    public static async Task<InodeNumber> DirectoryOfAsync(this EngineRig rig, string path) =>
        path.LastIndexOf('/') is var slash and > 0 ? (await rig.WalkAsync(path[..slash])).Inode : InodeNumber.Root;

    public static FileName NameOf(string path) => FileName.Create(path[(path.LastIndexOf('/') + 1)..]);

    public static async Task<(InodeNumber Inode, HandleNumber Handle)> CreateAsync(
        this EngineRig rig, string path, OpenMode mode = OpenMode.ReadWrite)
    {
        var created = await rig.FileSystem.CreateFileAsync(
            Caller.Internal, await rig.DirectoryOfAsync(path), NameOf(path), (FilePermissions)0b110_100_100, mode, CancellationToken.None);
        return (created.Entry.Attributes.Inode, created.Open.Handle);
    }

    public static async Task<HandleNumber> OpenAsync(this EngineRig rig, string path, OpenMode mode) =>
        (await rig.FileSystem.OpenAsync(Caller.Internal, (await rig.WalkAsync(path)).Inode, mode, CancellationToken.None)).Handle;

    public static async Task WriteAsync(this EngineRig rig, HandleNumber handle, long offset, string text) =>
        await rig.FileSystem.WriteAsync(Caller.Internal, handle, offset, Encoding.UTF8.GetBytes(text), CancellationToken.None);

    public static async Task CloseAsync(this EngineRig rig, HandleNumber handle)
    {
        await rig.FileSystem.FlushAsync(Caller.Internal, handle, CancellationToken.None);
        await rig.FileSystem.ReleaseAsync(handle);
    }

    /// <summary>As a shell's redirection does: create or truncate, write, close.</summary>
    public static async Task PutAsync(this EngineRig rig, string path, string text)
    {
        var handle = await rig.LookupAsync(await rig.DirectoryOfAsync(path), NameOf(path).Value) is null
            ? (await rig.CreateAsync(path)).Handle
            : await rig.OpenAsync(path, OpenMode.Write | OpenMode.Truncate);
        if (text.Length > 0)
            await rig.WriteAsync(handle, 0, text);
        await rig.CloseAsync(handle);
    }

    public static async Task<string> TextAsync(this EngineRig rig, string path)
    {
        var handle = await rig.OpenAsync(path, OpenMode.Read);
        var bytes = await rig.ReadAllAsync(handle);
        await rig.FileSystem.ReleaseAsync(handle);
        return Encoding.UTF8.GetString(bytes);
    }

    public static async Task MakeDirectoryAsync(this EngineRig rig, string path) =>
        await rig.FileSystem.CreateDirectoryAsync(
            Caller.Internal, await rig.DirectoryOfAsync(path), NameOf(path), FilePermissions.All, CancellationToken.None);

    public static async Task UnlinkAsync(this EngineRig rig, string path) =>
        await rig.FileSystem.UnlinkAsync(Caller.Internal, await rig.DirectoryOfAsync(path), NameOf(path), CancellationToken.None);

    public static async Task RemoveDirectoryAsync(this EngineRig rig, string path) =>
        await rig.FileSystem.RemoveDirectoryAsync(Caller.Internal, await rig.DirectoryOfAsync(path), NameOf(path), CancellationToken.None);

    public static async Task RenameAsync(this EngineRig rig, string from, string to, RenameMode mode = RenameMode.Replace) =>
        await rig.FileSystem.RenameAsync(
            Caller.Internal, await rig.DirectoryOfAsync(from), NameOf(from), await rig.DirectoryOfAsync(to), NameOf(to), mode,
            CancellationToken.None);

    public static async Task<Entry> SetAsync(this EngineRig rig, InodeNumber inode, AttributeChange change) =>
        await rig.FileSystem.SetAttributesAsync(Caller.Internal, inode, change, CancellationToken.None);

    public static async Task LinkAsync(this EngineRig rig, string path, string target) =>
        await rig.FileSystem.CreateSymbolicLinkAsync(
            Caller.Internal, await rig.DirectoryOfAsync(path), NameOf(path), target, CancellationToken.None);

    /// <summary>Waits until everything is sent, letting time pass for what rests; what is left blocked.</summary>
    public static async Task<IReadOnlyList<PendingItem>> DrainAsync(this EngineRig rig)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await rig.FileSystem.WaitAsync("/", new Passing(rig), patience.Token);
    }

    /// <summary>What the remote world has, a directory with a slash, a file with its text.</summary>
    public static string Remote(this EngineRig rig, WorldNode? directory = null) => string.Join(' ',
        rig.World.In(directory ?? rig.World.Root).OrderBy(child => child.Key, StringComparer.Ordinal).Select(child =>
            child.Value.Kind == World.DirectoryKind ? $"{child.Key}/({rig.Remote(child.Value)})"
            : child.Value.Kind == World.LinkKind ? $"{child.Key}->{child.Value.LinkTarget}"
            : $"{child.Key}={Encoding.UTF8.GetString(child.Value.Bytes)}"));

    public static WorldNode AddText(this EngineRig rig, string name, string text, WorldNode? directory = null) =>
        rig.World.AddFile(directory ?? rig.World.Root, name, Encoding.UTF8.GetBytes(text));

    private sealed class Passing(EngineRig rig) : IProgress<PendingSummary>
    {
        public void Report(PendingSummary value) => rig.Time.Advance(TimeSpan.FromSeconds(31));
    }
}
