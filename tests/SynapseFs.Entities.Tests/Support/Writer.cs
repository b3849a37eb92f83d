using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Entities.Tests.Support;

/// <summary>One person's mount, from which things are made, changed and deleted as the engine does it.</summary>
internal sealed class Writer(World world, SynapseClient client, TemporaryDirectory directory, NamingMode naming = NamingMode.Plain)
    : IAsyncDisposable
{
    private int _files;

    public NodeProviders Kinds { get; } = SynapseKinds.Create(client, world.Project, TimeProvider.System, naming);

    /// <summary>File handles that were announced before anything referred to them, in order.</summary>
    public List<string> Announced { get; } = [];

    /// <summary>Done when a file handle is announced.</summary>
    public Func<string, Task> OnAnnounced { get; set; } = _ => Task.CompletedTask;

    /// <summary>A local file with that text, to be sent.</summary>
    public LocalContent Local(string text)
    {
        var path = directory.Combine(string.Create(CultureInfo.InvariantCulture, $"local-{Guid.NewGuid():N}-{_files++}"));
        File.WriteAllText(path, text);
        return new LocalContent
        {
            Path = path,
            Length = Encoding.UTF8.GetByteCount(text),
            Md5 = Md5(text),
            Sending = async (id, _) =>
            {
                Announced.Add(id);
                await OnAnnounced(id);
            },
        };
    }

    public Task<RemoteChild> CreateFileAsync(string name, LocalContent content, string? parent = null) =>
        CreateAsync(EntityKinds.File, New(name, parent) with { Content = content });

    public Task<RemoteChild> CreateFileAsync(string name, string text, string? parent = null) =>
        CreateFileAsync(name, Local(text), parent);

    public Task<RemoteChild> CreateFolderAsync(string name, string? parent = null) => CreateAsync(EntityKinds.Folder, New(name, parent));

    public Task<RemoteChild> CreateLinkAsync(string name, string target, string? parent = null) =>
        CreateAsync(EntityKinds.Link, New(name, parent) with { LinkTo = target });

    public Task<RemoteChild> CreateProjectAsync(string name) => CreateAsync(
        EntityKinds.Project,
        new NewNode { Parent = SynapseKinds.ProjectsRoot("1").RemoteId, ParentKind = EntityKinds.Projects, Name = name });

    public Task<RemoteChild> UpdateAsync(RemoteChild child, NodeUpdate update) =>
        Kinds[child.Kind].UpdateAsync(World.Node(child), update, Urgency.Sending, CancellationToken.None);

    public Task<RemoteChild> RenameAsync(RemoteChild child, string name, string? parent = null) =>
        UpdateAsync(child, new NodeUpdate { Place = PlaceIn(name, parent) });

    public Task<RemoteChild> ReplaceAsync(RemoteChild child, string text) => UpdateAsync(
        child, new NodeUpdate { Content = Local(text), KnownContent = child.Details!.Content!.Value.Id });

    public Task DeleteAsync(RemoteChild child, NodeDeletion? deletion = null) => Kinds[child.Kind].DeleteAsync(
        World.Node(child), deletion ?? new NodeDeletion { Revision = child.Revision, Content = child.Details?.Content }, Urgency.Sending,
        CancellationToken.None);

    public NodePlace PlaceIn(string name, string? parent = null) => new(parent ?? world.Project.RemoteId, name);

    public ValueTask DisposeAsync() => client.DisposeAsync();

#pragma warning disable CA5351 // MD5 names content here
    public static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351

    private Task<RemoteChild> CreateAsync(Core.Providers.NodeKind kind, NewNode node) =>
        Kinds[kind].CreateAsync(node, Urgency.Sending, CancellationToken.None);

    private NewNode New(string name, string? parent) => new()
    {
        Parent = parent ?? world.Project.RemoteId,
        ParentKind = parent is null ? EntityKinds.Project : EntityKinds.Folder,
        Name = name,
    };
}
