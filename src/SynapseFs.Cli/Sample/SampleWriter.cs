using SynapseFs.Api;
using SynapseFs.Client;

namespace SynapseFs.Cli.Sample;

/// <summary>Makes entities, or finds those that an earlier, interrupted run has made.</summary>
internal sealed class SampleWriter(SynapseClient client)
{
    // Nobody waits in a system call, but the command that fills the server does.
    public const RequestPriority Priority = RequestPriority.Interactive;

    public SynapseClient Client { get; } = client;

    public async Task<string> CreateFolderAsync(string name, string parentId, CancellationToken cancellationToken) =>
        await CreateAsync(new Entity { ConcreteType = SynapseTypes.Folder, Name = name, ParentId = parentId }, cancellationToken);

    public async Task<string> CreateFileAsync(
        string name, string parentId, Stream content, string contentType, CancellationToken cancellationToken) =>
        await CreateFileAsync(name, parentId, await UploadAsync(name, content, contentType, cancellationToken), cancellationToken);

    public async Task<string> CreateTextAsync(string name, string parentId, string text, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(SampleTexts.Bytes(text), writable: false);
        return await CreateFileAsync(name, parentId, content, "text/plain", cancellationToken);
    }

    public Task<string> CreateFileAsync(string name, string parentId, string fileHandleId, CancellationToken cancellationToken) =>
        CreateAsync(
            new Entity { ConcreteType = SynapseTypes.File, Name = name, ParentId = parentId, DataFileHandleId = fileHandleId },
            cancellationToken);

    public Task<string> CreateLinkAsync(string name, string parentId, Reference target, CancellationToken cancellationToken) =>
        CreateAsync(new Entity { ConcreteType = SynapseTypes.Link, Name = name, ParentId = parentId, LinksTo = target }, cancellationToken);

    public Task<string> UploadAsync(string name, Stream content, string contentType, CancellationToken cancellationToken) =>
        Client.Uploads.UploadAsync(content, new UploadDescription(name, contentType, null), Priority, progress: null, cancellationToken);

    /// <summary>The entity's id, whether it was made now or stood there.</summary>
    public async Task<string> CreateAsync(Entity entity, CancellationToken cancellationToken)
    {
        try
        {
            return (await Client.Entities.CreateAsync(entity, Priority, cancellationToken)).Id!;
        }
        catch (SynapseException problem) when (problem.Failure == SynapseFailure.Conflict)
        {
            if (await Client.Children.FindAsync(entity.ParentId, entity.Name!, Priority, cancellationToken) is { } existing)
                return existing;
            throw;
        }
    }
}
