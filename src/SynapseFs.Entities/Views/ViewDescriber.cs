using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;
using SynapseFs.Entities.Files;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Views;

/// <summary>
/// Rows of a view as details of files, during one reading. What a person may do with a file is told by no view, but it is the same for all
/// that one entity's sharing counts for: one of them is asked about, for all.
/// </summary>
internal sealed class ViewDescriber(EntityReader reader, FileDescriber files, PrincipalNames principals)
{
    /// <summary>Files with yet another sharing are left to be asked about one by one.</summary>
    private const int MostSharings = 32;

    private readonly Dictionary<string, EntityBundle?> _samples = new(StringComparer.Ordinal);

    /// <summary>The details of those rows that tell enough, and whose content may be read.</summary>
    public async Task<IReadOnlyList<DescribedNode>> DescribeAsync(
        IReadOnlyList<ViewRow> rows, Urgency urgency, CancellationToken cancellationToken)
    {
        var people = rows.SelectMany(row => new[] { row.Entity.CreatedBy, row.Entity.ModifiedBy }).OfType<string>().Distinct().ToList();
        await principals.GetAsync(people, urgency, cancellationToken);
        // Most often the file whose description made somebody look for a view.
        if (reader.Recent is { Entity.Id: { } id } recent && rows.FirstOrDefault(row => row.Id == id) is { } known)
            _samples.TryAdd(known.Benefactor, ForAll(recent));
        var described = new List<DescribedNode>(rows.Count);
        foreach (var row in rows)
        {
            if (await SampleAsync(row, urgency, cancellationToken) is { } sample)
                described.Add(new DescribedNode(row.Id, await DescribeAsync(row, sample, urgency, cancellationToken)));
        }

        return described;
    }

    private async Task<RemoteDetails> DescribeAsync(
        ViewRow row, EntityBundle sample, Urgency urgency, CancellationToken cancellationToken)
    {
        var bundle = new EntityBundle
        {
            Entity = row.Entity,
            EntityType = sample.EntityType,
            Annotations = row.Annotations,
            Permissions = sample.Permissions,
            FileHandles = [row.FileHandle],
        };
        return await files.DescribeAsync(row.Id, bundle, urgency, cancellationToken) with { Depth = DetailsDepth.Outline };
    }

    // Open data is declared file by file, so one says nothing of the next.
    private static EntityBundle? ForAll(EntityBundle sample) =>
        sample.Permissions is { CanDownload: true, IsEntityOpenData: not true } ? sample : null;

    /// <summary>A file with the same sharing, if that lets its content be read.</summary>
    private async Task<EntityBundle?> SampleAsync(ViewRow row, Urgency urgency, CancellationToken cancellationToken)
    {
        if (_samples.TryGetValue(row.Benefactor, out var known))
            return known;
        if (_samples.Count >= MostSharings)
            return null;
        try
        {
            return _samples[row.Benefactor] = ForAll(await reader.ReadAsync(SynapseEntityId.Parse(row.Id), urgency, cancellationToken));
        }
        catch (FsException failure) when (failure.Error is FsError.NotFound or FsError.AccessDenied)
        {
            // This one has gone since the view was made; the next of the same sharing is tried.
            return null;
        }
    }
}

/// <summary>Makes one for each reading: what a person may do is asked anew.</summary>
internal sealed class ViewDescriberFactory(EntityReader reader, FileDescriber files, PrincipalNames principals)
{
    public ViewDescriber Create() => new(reader, files, principals);
}
