using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Changing;
using SynapseFs.Entities.Describing;
using SynapseFs.Entities.Sending;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Files;

/// <summary>A file entity in its current version.</summary>
internal sealed class FileProvider(
    FileContents contents, EntityReader reader, FileDescriber describer, EntityChanges changes, FileCreator creator)
    : ChangeableProvider(reader, describer, changes)
{
    public override NodeKind Kind => EntityKinds.File;

    public override NodeType Type => NodeType.File;

    public override RemoteContent OpenContent(RemoteNode node, RemoteDetails details) => contents.Open(node, details);

    public override Task<bool> ConfirmContentAsync(
        RemoteNode node, RemoteDetails details, Urgency urgency, CancellationToken cancellationToken) =>
        contents.ConfirmAsync(node, details, urgency, cancellationToken);

    public override Task<RemoteChild> CreateAsync(NewNode node, Urgency urgency, CancellationToken cancellationToken)
    {
        var content = node.Content
            ?? throw new ChangeRefusedException(ChangeRefusal.Impossible, $"'{node.Name}' is empty, and Synapse stores no empty files.");
        return creator.CreateAsync(NewEntity(node, SynapseTypes.File), node.Name, content, urgency, cancellationToken)
            .OrRefusedAsync(SubjectOf(node));
    }
}
