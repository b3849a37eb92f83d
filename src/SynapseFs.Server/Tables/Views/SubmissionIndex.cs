using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Tables.Index;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Evaluations;
using SynapseFs.Server.World.People;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.Tables.Views;

/// <summary>
/// The index tables of submission views. They are small: one is made anew when a submission changed since. Who may read the private
/// submissions of an evaluation sees its rows. Source: SubmissionMetadataIndexProvider.
/// </summary>
internal sealed class SubmissionIndex(SynapseWorld world, TableIndex index, TimeProvider time) : LivingViews
{
    private const string Select =
        "SELECT s.id, s.status_version, s.etag, s.name, s.created_on, s.user_id, s.modified_on, e.project_id, s.evaluation_id, s.status, "
        + "s.round_id, ifnull(s.team_id, s.user_id), s.submitter_alias, s.entity_id, s.version_number, s.docker_repository_name, "
        + "s.docker_digest, s.annotations FROM submissions s JOIN evaluations e ON e.id = s.evaluation_id "
        + "WHERE s.evaluation_id IN (SELECT value FROM json_each(@0)) ORDER BY s.id";

    private readonly Lock _building = new();
    private readonly ConcurrentDictionary<long, long> _built = new();

    public override IReadOnlyList<long> Followed => [.. _built.Keys];

    public override IReadOnlyList<long> Ensure(long id, CancellationToken cancellationToken)
    {
        lock (_building)
        {
            var definition = Find(id)?.Definition;
            if (definition is not null
                && (!_built.ContainsKey(id) || index.Mark(new TableKey(id, null))?.Columns != definition.Fingerprint()))
            {
                BuildLocked(id);
            }

            return definition?.Scope ?? [];
        }
    }

    public override void Refresh(long id, CancellationToken cancellationToken)
    {
        lock (_building)
        {
            if (Find(id) is not { } view)
            {
                _built.TryRemove(id, out _);
                index.Drop(new TableKey(id, null));
                return;
            }

            var isConcerned = index.Mark(new TableKey(id, null))?.Columns == view.Definition.Fingerprint()
                && world.Transact(() => world.Changes.Since(_built[id], SubmissionTable.ChangeType, 1)).Count > 0;
            if (!isConcerned)
            {
                return;
            }

            try
            {
                BuildLocked(id);
            }
            catch (ServiceException)
            {
                // An annotation has no room in its column: the next query tries again and tells.
                _built.TryRemove(id, out _);
            }
        }
    }

    public override ViewContent Read(long id, CancellationToken cancellationToken)
    {
        var view = Find(id) ?? throw ServiceException.NotFound($"Resource: '{EntityIds.Text(id)}' does not exist");
        var rows = world.Transact(() => world.Database.Query(
            Select, row => Row(row, view.Columns), ViewScopes.Json(view.Definition.Scope)));
        return view with { Rows = rows };
    }

    public override IReadOnlyList<long> Readable(Caller caller, IReadOnlyList<long> benefactors) =>
        [.. benefactors.Where(evaluation => world.EvaluationAccess.May(caller, evaluation, EvaluationAccess.ReadPrivate))];

    // Without its rows.
    private ViewContent? Find(long id) => world.Transact(() =>
    {
        if (world.Nodes.Get(id) is not { } node)
        {
            return null;
        }

        var version = world.Versions.Current(node);
        return new ViewContent(ViewDefinition.Of(node.Kind.ShortName, version.Fields), world.Columns.Of(version), []);
    });

    private void BuildLocked(long id)
    {
        var (number, content) = world.Transact(() => (world.Changes.Newest, Read(id, CancellationToken.None)));
        var mark = new IndexMark(
            number, IndexMark.NoToken, content.Definition.Fingerprint(), time.GetUtcNow().ToUnixTimeMilliseconds());
        index.Replace(new TableKey(id, null), content.Columns, isView: true, content.Rows, mark);
        _built[id] = number;
    }

    private static IndexRow Row(SqliteDataReader row, IReadOnlyList<ColumnModel> columns)
    {
        var evaluation = row.GetInt64(8);
        var annotations = row.IsDBNull(17)
            ? new Dictionary<string, AnnotationsValue>()
            : new(JsonSerializer.Deserialize(row.GetString(17), WorldJson.Default.Annotations)!, StringComparer.Ordinal);
        foreach (var (name, text) in Status(row))
        {
            // What the status says stands before an annotation of that name.
            annotations[name] = new AnnotationsValue { Type = "STRING", Value = text is null ? [] : [text] };
        }

        var cells = columns.Select(column => ViewColumns.IsField(ViewDefinition.SubmissionView, column)
            ? Field(row, column.Name!)
            : AnnotationCells.Text(column, annotations.GetValueOrDefault(column.Name!)));
        return new IndexRow(row.GetInt64(0), row.GetInt64(1), [.. cells]) { Etag = row.GetString(2), Benefactor = evaluation };
    }

    private static string? Field(SqliteDataReader row, string name) => name switch
    {
        "id" => Text(row, 0),
        "name" => Text(row, 3),
        "createdOn" => Text(row, 4),
        "createdBy" => Text(row, 5),
        "etag" => Text(row, 2),
        "modifiedOn" => Text(row, 6),
        "projectId" => EntityIds.Text(row.GetInt64(7)),
        _ => Text(row, 8),
    };

    private static IEnumerable<(string Name, string? Text)> Status(SqliteDataReader row) =>
    [
        ("status", Text(row, 9)),
        ("evaluationid", Text(row, 8)),
        ("evaluationroundid", Text(row, 10)),
        ("submitterid", Text(row, 11)),
        ("submitteralias", Text(row, 12)),
        ("entityid", EntityIds.Text(row.GetInt64(13))),
        ("entityversion", Text(row, 14)),
        ("dockerrepositoryname", Text(row, 15)),
        ("dockerdigest", Text(row, 16)),
    ];

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column)
        ? null
        : row.GetValue(column) is long number ? EntityShape.Text(number) : row.GetString(column);
}
