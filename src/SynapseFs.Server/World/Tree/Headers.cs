using SynapseFs.Api;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Files;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Sharing;

namespace SynapseFs.Server.World.Tree;

/// <summary>Entities as headers: alone, in batches, as a path, as versions.</summary>
internal sealed class Headers(Versions versions, FileHandles fileHandles, Access access)
{
    public EntityHeader Of(Standing standing) =>
        EntityShape.Header(standing.Node, versions.Current(standing.Node), standing.Lineage.Benefactor);

    /// <summary>In the order asked; what is unknown, trashed or unreadable is left out.</summary>
    public EntityHeaderPage Find(Caller caller, IReadOnlyList<Reference> references)
    {
        var found = new List<EntityHeader>();
        foreach (var reference in references.OfType<Reference>())
        {
            if (access.FindReadable(caller, EntityIds.Parse(reference.TargetId)) is not { } standing)
            {
                continue;
            }

            var number = reference.TargetVersionNumber ?? standing.Node.CurrentVersion;
            if (versions.Get(standing.Node.Id, number) is { } version)
            {
                found.Add(EntityShape.Header(standing.Node, version, standing.Lineage.Benefactor));
            }
        }

        return new EntityHeaderPage { TotalNumberOfResults = found.Count, Results = found };
    }

    public EntityHeaderPage WithMd5(Caller caller, string md5)
    {
        var found = new List<EntityHeader>();
        foreach (var version in versions.WithMd5(md5))
        {
            if (access.FindReadable(caller, version.NodeId) is { } standing)
            {
                found.Add(EntityShape.Header(standing.Node, version, standing.Lineage.Benefactor));
            }
        }

        return new EntityHeaderPage { TotalNumberOfResults = found.Count, Results = found };
    }

    /// <summary>From the root down; what the caller may not read has its name blacked out.</summary>
    public EntityPath Path(Caller caller, long id)
    {
        var standing = access.Require(caller, id, AccessTypes.Read);
        return new EntityPath
        {
            Path =
            [
                .. standing.Lineage.Steps.Reverse().Select(step => new EntityHeader
                {
                    Id = EntityIds.Text(step.Id),
                    Type = step.Kind.ConcreteType,
                    Name = access.FindReadable(caller, step.Id) is null ? "Redacted" : step.Name,
                }),
            ],
        };
    }

    /// <summary>Newest first. The current version of a table is under construction and not shown.</summary>
    public VersionInfoPage Versions(Caller caller, long id, OffsetPage page)
    {
        var node = access.Require(caller, id, AccessTypes.Read).Node;
        var below = node.Kind.IsTable ? node.CurrentVersion - 1 : long.MaxValue;
        VersionInfo[] results = [.. versions.List(id, below, page.Limit, page.Offset).Select(version => Info(node, version))];
        return new VersionInfoPage { TotalNumberOfResults = page.Total(results.Length), Results = results };
    }

    private VersionInfo Info(NodeRow node, VersionRow version)
    {
        var handle = version.FileHandleId is { } id ? fileHandles.Get(id)?.Document : null;
        var modifier = EntityShape.Text(version.ModifiedBy);
        return new VersionInfo
        {
            Id = node.IdText,
            VersionNumber = version.Number,
            VersionLabel = version.Label,
            VersionComment = version.Comment,
            IsLatestVersion = version.Number == node.CurrentVersion,
            ModifiedBy = modifier,
            ModifiedByPrincipalId = modifier,
            ModifiedOn = EntityShape.Date(version.ModifiedOn),
            ContentSize = handle?.ContentSize is { } size ? EntityShape.Text(size) : null,
            ContentMd5 = handle?.ContentMd5,
        };
    }
}
