using System.Text.Json;
using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.Requirements;

/// <summary>The access requirements and what they are about.</summary>
internal sealed class RequirementTable(Database database)
{
    private const long FirstId = 9600001;
    private const string Columns = "id, version, etag, document";
    private const string OfSubjects =
        "FROM access_requirements WHERE id IN (SELECT requirement_id FROM access_requirement_subjects WHERE subject_type = @0 "
        + "AND subject_id IN (SELECT value FROM json_each(@1)))";

    public long NewId() => database.Next("access requirement", FirstId);

    public AccessRequirement Require(long id) =>
        database.First($"SELECT {Columns} FROM access_requirements WHERE id = @0", Map, id) is { } found
            ? WithSubjects(found)
            : throw ServiceException.NotFound($"An access requirement with id {id} cannot be found.");

    /// <summary>Those of any of the subjects, in the order of their ids; <paramref name="ids"/> is a JSON array.</summary>
    public IReadOnlyList<AccessRequirement> OfAny(string type, string ids, long limit, long offset) =>
    [
        .. database.Query($"SELECT {Columns} {OfSubjects} ORDER BY id LIMIT @2 OFFSET @3", Map, type, ids, limit, offset)
            .Select(WithSubjects),
    ];

    public bool HasAny(string type, string ids) => database.Number($"SELECT EXISTS (SELECT 1 {OfSubjects})", type, ids) == 1;

    /// <summary>Writes the requirement and, in place of the former ones, its subjects.</summary>
    public void Put(AccessRequirement requirement)
    {
        var id = requirement.Id ?? throw new InvalidOperationException("A requirement without an id.");
        if (database.Number("SELECT EXISTS (SELECT 1 FROM access_requirements WHERE name = @0 AND id <> @1)", requirement.Name, id) == 1)
        {
            throw ServiceException.Conflict($"An AccessRequirement with the name: '{requirement.Name}' already exists");
        }

        database.Execute(
            "INSERT INTO access_requirements (id, name, type, version, etag, needs_second_factor, document) "
            + "VALUES (@0, @1, @2, @3, @4, @5, @6) ON CONFLICT (id) DO UPDATE SET name = excluded.name, type = excluded.type, "
            + "version = excluded.version, etag = excluded.etag, needs_second_factor = excluded.needs_second_factor, "
            + "document = excluded.document",
            id, requirement.Name, RequirementRules.KindOf(requirement), requirement.VersionNumber, requirement.Etag,
            requirement.IsTwoFaRequired == true,
            JsonSerializer.Serialize(requirement with { SubjectIds = null }, RequirementJson.Default.AccessRequirement));
        database.Execute("DELETE FROM access_requirement_subjects WHERE requirement_id = @0", id);
        foreach (var subject in requirement.SubjectIds ?? [])
        {
            database.Execute(
                "INSERT OR IGNORE INTO access_requirement_subjects (subject_type, subject_id, requirement_id) VALUES (@0, @1, @2)",
                subject.Type, EntityIds.Parse(subject.Id), id);
        }
    }

    public void Delete(long id) => database.Execute("DELETE FROM access_requirements WHERE id = @0", id);

    public IReadOnlyList<RestrictableObjectDescriptor> Subjects(long id, long limit, long offset) => database.Query(
        "SELECT subject_type, subject_id FROM access_requirement_subjects WHERE requirement_id = @0 "
        + "ORDER BY subject_type, subject_id LIMIT @1 OFFSET @2",
        row => new RestrictableObjectDescriptor
        {
            Type = row.GetString(0),
            Id = row.GetString(0) == "ENTITY" ? EntityIds.Text(row.GetInt64(1)) : EntityShape.Text(row.GetInt64(1)),
        },
        id, limit, offset);

    private AccessRequirement WithSubjects(AccessRequirement requirement) =>
        requirement with { SubjectIds = Subjects(requirement.Id ?? 0, long.MaxValue, 0) };

    private static AccessRequirement Map(SqliteDataReader row) =>
        JsonSerializer.Deserialize(row.GetString(3), RequirementJson.Default.AccessRequirement)! with
        {
            Id = row.GetInt64(0),
            VersionNumber = row.GetInt64(1),
            Etag = row.GetString(2),
        };
}
