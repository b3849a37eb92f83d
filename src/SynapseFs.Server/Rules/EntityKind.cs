using SynapseFs.Api;

namespace SynapseFs.Server.Rules;

/// <summary>One type of entity: its two names, where it may stand, what it may say beyond the common fields.</summary>
internal sealed record EntityKind(string ShortName, string ConcreteType, bool IsVersionable, IReadOnlyList<string> Fields)
{
    public const string InProgress = "in progress";
    private const string Search = "isSearchEnabled";

    public static EntityKind Project { get; } = new("project", SynapseTypes.Project, false, []);
    public static EntityKind Folder { get; } = new("folder", SynapseTypes.Folder, false, []);
    public static EntityKind File { get; } = new("file", SynapseTypes.File, true, []);
    public static EntityKind Link { get; } = new("link", SynapseTypes.Link, false, ["linksTo", "linksToClassName"]);

    /// <summary>Source: EntityType and EntityTypeUtils.</summary>
    public static IReadOnlyList<EntityKind> All { get; } =
    [
        Project,
        Folder,
        File,
        Link,
        new("table", SynapseTypes.Table, true, ["columnIds", Search]),
        new("entityview", SynapseTypes.EntityView, true, ["viewTypeMask", "type", "scopeIds", "columnIds", Search]),
        new("submissionview", SynapseTypes.SubmissionView, true, ["scopeIds", "columnIds", Search]),
        new("dataset", SynapseTypes.Dataset, true, ["items", "columnIds", Search]),
        new("datasetcollection", SynapseTypes.DatasetCollection, true, ["items", "columnIds", Search]),
        new("materializedview", SynapseTypes.MaterializedView, true, ["definingSQL", Search]),
        new("virtualtable", SynapseTypes.VirtualTable, true, ["definingSQL", Search]),
        new("dockerrepo", SynapseTypes.DockerRepository, false, ["repositoryName"]),
        new("recordset", SynapseTypes.RecordSet, true, ["upsertKey", "csvDescriptor"]),
    ];

    /// <summary>Whether content stands behind it as a file handle.</summary>
    public bool HasFileHandle => ShortName is "file" or "recordset";

    /// <summary>Tables and their kin: versions are snapshots, made by a call of their own.</summary>
    public bool IsTable => IsVersionable && !HasFileHandle;

    /// <summary>
    /// The label of a version that was sent without one, and the comment: a table's current version is always in progress.
    /// </summary>
    public string LabelInPlace => ShortName == "table" ? InProgress : "1";

    public string? CommentInPlace => ShortName == "table" ? InProgress : null;

    public static EntityKind? OfConcreteType(string? concreteType) => All.FirstOrDefault(kind => kind.ConcreteType == concreteType);

    public static EntityKind Of(string shortName) =>
        All.FirstOrDefault(kind => kind.ShortName == shortName)
        ?? throw new InvalidOperationException($"The world holds an entity of the unknown type {shortName}.");

    public bool MayStandIn(long parentId, EntityKind parent) => ShortName switch
    {
        "project" => parentId == EntityIds.Root,
        "dockerrepo" => parent == Project,
        _ => parentId != EntityIds.Root && (parent == Project || parent == Folder),
    };
}
