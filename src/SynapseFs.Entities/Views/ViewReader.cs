using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Views;

/// <summary>Reads what a view tells of files: two queries and a CSV, however many they are.</summary>
internal sealed class ViewReader(SynapseClient client, ViewDescriberFactory describers, TimeProvider time)
{
    private const int Batch = 500;

    /// <exception cref="FsException">NotFound: the view is there no longer, or may not be asked.</exception>
    public async Task<DetailsMark> ReadAsync(
        FileView view, string? mark, Action<IReadOnlyList<DescribedNode>> keep, Urgency urgency, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var before = ViewMark.Parse(mark);
        var since = ViewMark.Since(before, view, now);
        var newest = since is null ? DateTimeOffset.UnixEpoch : before!.Newest;
        var describer = describers.Create();
        if (await MayAllBeReadAsync(view, since, urgency, cancellationToken))
        {
            await foreach (var rows in RowsAsync(view, since, urgency, cancellationToken))
            {
                newest = rows.Select(row => row.ModifiedOn).Append(newest).Max();
                keep(await describer.DescribeAsync(rows, urgency, cancellationToken));
            }
        }

        return new DetailsMark(
            new ViewMark(view.Etag, since is null ? now : before!.ReadOn, newest).ToString(), IsWhole: since is null);
    }

    /// <summary>
    /// Whether nothing has to be agreed to or approved for any of the files. Where something has, no view tells for which of them, and each
    /// is asked about by itself. That some may not be downloaded by anybody without a permission, sharing tells.
    /// </summary>
    private async Task<bool> MayAllBeReadAsync(FileView view, DateTimeOffset? since, Urgency urgency, CancellationToken cancellationToken)
    {
        var column = view.Columns.First(column => column.Name == "id").Id;
        var query = new TableQuery
        {
            Sql = ViewSql.Files(view.Id, ["id"], since),
            SelectFileColumn = long.Parse(column ?? "0", System.Globalization.CultureInfo.InvariantCulture),
        };
        var told = await client.Tables.QueryAsync(view.Id, query, TableCalls.ActionsPart, urgency.ToPriority(), cancellationToken)
            .ForAsync(view.Id);
        return told.ActionsRequired?.All(wanted => wanted.Action?.ConcreteType == SynapseTypes.RequestDownload) != false;
    }

    private async IAsyncEnumerable<IReadOnlyList<ViewRow>> RowsAsync(
        FileView view, DateTimeOffset? since, Urgency urgency,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var annotations = await AnnotationsAsync(view, urgency, cancellationToken);
        var columns = FileView.NeededColumns.Concat(FileView.UsedColumns.Where(view.Has)).Concat(annotations.Select(column => column.Name!));
        var csv = await client.Tables.WriteCsvAsync(
            view.Id, ViewSql.Files(view.Id, columns, since), urgency.ToPriority(), cancellationToken).ForAsync(view.Id);
        await using var text = await client.Downloads.OpenRangeAsync(csv, 0, null, urgency.ToPriority(), cancellationToken).ForAsync(view.Id);
        ViewRowReader? reader = null;
        var rows = new List<ViewRow>(Batch);
        await foreach (var cells in CsvText.ReadAsync(new Files.TranslatedStream(text, view.Id), cancellationToken))
        {
            if (reader is null)
                reader = new ViewRowReader(cells, annotations);
            else if (reader.Read(cells) is { } row)
                rows.Add(row);
            if (rows.Count < Batch)
                continue;
            yield return rows;
            rows = new List<ViewRow>(Batch);
        }

        if (rows.Count > 0)
            yield return rows;
    }

    private async Task<IReadOnlyList<ColumnModel>> AnnotationsAsync(FileView view, Urgency urgency, CancellationToken cancellationToken)
    {
        if (view.AnnotationColumns.Count == 0)
            return [];
        var suggested = await client.Tables.SuggestColumnsAsync(view.Scope, view.Mask, urgency.ToPriority(), cancellationToken)
            .ForAsync(view.Id);
        return AnnotationColumns.Faithful(view.AnnotationColumns, suggested);
    }
}
