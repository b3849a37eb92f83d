using SynapseFs.Api;
using SynapseFs.Core.Providers;

namespace SynapseFs.Entities;

/// <summary>Every kind of node by the name that is stored with its row, and which one an entity type is shown as.</summary>
internal static class EntityKinds
{
    public static readonly NodeKind Projects = new("projects");
    public static readonly NodeKind Project = new("project");
    public static readonly NodeKind Folder = new("folder");
    public static readonly NodeKind File = new("file");
    public static readonly NodeKind FileVersion = new("file-version");
    public static readonly NodeKind Link = new("link");
    public static readonly NodeKind Document = new("document");
    public static readonly NodeKind HiddenRoom = new("hidden-room");
    public static readonly NodeKind ById = new("by-id");
    public static readonly NodeKind OfRoom = new("of");
    public static readonly NodeKind Faces = new("faces");
    public static readonly NodeKind Versions = new("versions");
    public static readonly NodeKind Version = new("version");
    public static readonly NodeKind AnnotationsJson = new("annotations-json");
    public static readonly NodeKind ProvenanceJson = new("provenance-json");
    public static readonly NodeKind AccessJson = new("access-json");
    public static readonly NodeKind HowToGetAccess = new("how-to-get-access");
    public static readonly NodeKind Status = new("status");
    public static readonly NodeKind Scratch = new("scratch");
    public static readonly NodeKind Find = new("find");
    public static readonly NodeKind FoundLink = new("found-link");
    public static readonly NodeKind PastFolder = new("past-folder");
    public static readonly NodeKind PastFile = new("past-file");
    public static readonly NodeKind PastReadme = new("past-readme");
    public static readonly NodeKind WikiPage = new("wiki-page");
    public static readonly NodeKind WikiText = new("wiki-text");
    public static readonly NodeKind WikiOrder = new("wiki-order");
    public static readonly NodeKind WikiAttachment = new("wiki-attachment");

    /// <summary>What every entity is shown as beside itself, in <c>of/NAME</c>.</summary>
    public static readonly IReadOnlyList<NodeKind> FaceKinds = [AnnotationsJson, AccessJson, ProvenanceJson];

    /// <summary>
    /// Entity types a directory lists. A type that the service does not know makes it refuse the whole listing, so only those
    /// stand here whose spelling is established.
    /// </summary>
    public static readonly IReadOnlyList<string> ListedTypes =
    [
        "folder", "file", "link", "table", "entityview", "submissionview", "dataset", "datasetcollection", "materializedview",
        "virtualtable", "dockerrepo",
    ];

    /// <summary>The kind of an entity's current version.</summary>
    /// <param name="concreteType">The service's class name; an unknown one is shown as its JSON.</param>
    public static NodeKind ForType(string? concreteType) => concreteType switch
    {
        SynapseTypes.Project => Project,
        SynapseTypes.Folder => Folder,
        SynapseTypes.File => File,
        SynapseTypes.Link => Link,
        _ => Document,
    };

    public static bool IsContainer(NodeKind kind) => kind == Project || kind == Folder;
}
