using SynapseFs.Api;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.DownloadLists;

/// <summary>A listed file that the caller may download, with all that is told of it.</summary>
internal sealed record AvailableFile(
    ListedFile File, long AddedOn, NodeRow Node, VersionRow Version, FileHandleRow Handle, Ancestor Project)
{
    /// <summary>The largest file that goes into a package: a tenth of what a package holds.</summary>
    private const long MaxPackagedFile = (1L << 30) / 10;

    public long Size => Handle.Document.ContentSize ?? 0;

    public bool IsEligible =>
        Handle.Document.ConcreteType == SynapseTypes.S3FileHandle && Handle.Document.ContentSize is <= MaxPackagedFile;

    public DownloadListItemResult Shape() => new()
    {
        FileEntityId = Node.IdText,
        VersionNumber = File.Version,
        FileName = Node.Name,
        AddedOn = EntityShape.Date(AddedOn),
        ProjectId = EntityIds.Text(Project.Id),
        ProjectName = Project.Name,
        CreatedBy = EntityShape.Text(Node.CreatedBy),
        CreatedOn = EntityShape.Date(Node.CreatedOn),
        FileSizeBytes = Size,
        IsEligibleForPackaging = IsEligible,
        FileHandleId = EntityShape.Text(Handle.Id),
    };
}
