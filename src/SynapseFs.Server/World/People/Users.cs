using Microsoft.Data.Sqlite;
using SynapseFs.Server.Rules;

namespace SynapseFs.Server.World.People;

/// <summary>The people of this world.</summary>
internal sealed class Users(Database database, TimeProvider time)
{
    private const string Columns = "id, name, first_name, last_name, email, is_certified, has_accepted_terms, created_on, etag";

    public UserRow? Get(long id) => database.First($"SELECT {Columns} FROM users WHERE id = @0", Map, id);

    public UserRow? Find(string alias) => database.First($"SELECT {Columns} FROM users WHERE alias = @0", Map, UserAlias.Of(alias));

    /// <summary>Users whose name begins so; an empty prefix fits all.</summary>
    public IReadOnlyList<UserRow> WithPrefix(string prefix, long limit, long offset) =>
        database.Query(
            $"SELECT {Columns} FROM users WHERE substr(alias, 1, length(@0)) = @0 ORDER BY alias LIMIT @1 OFFSET @2",
            Map, UserAlias.Of(prefix), limit, offset);

    public UserRow Ensure(string name, bool isCertified, bool hasAcceptedTerms)
    {
        if (Find(name) is { } known)
        {
            database.Execute(
                "UPDATE users SET is_certified = @1, has_accepted_terms = @2 WHERE id = @0", known.Id, isCertified, hasAcceptedTerms);
            return known with { IsCertified = isCertified, HasAcceptedTerms = hasAcceptedTerms };
        }

        var row = new UserRow
        {
            Id = database.Next("user", Principals.FirstUser),
            Name = name,
            Email = $"{name}@example.org",
            IsCertified = isCertified,
            HasAcceptedTerms = hasAcceptedTerms,
            CreatedOn = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Etag = Guid.NewGuid().ToString(),
        };
        database.Execute(
            "INSERT INTO users (id, name, alias, email, is_certified, has_accepted_terms, created_on, etag) "
            + "VALUES (@0, @1, @2, @3, @4, @5, @6, @7)",
            row.Id, row.Name, UserAlias.Of(name), row.Email, row.IsCertified, row.HasAcceptedTerms, row.CreatedOn, row.Etag);
        return row;
    }

    private static UserRow Map(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Name = row.GetString(1),
        FirstName = row.IsDBNull(2) ? null : row.GetString(2),
        LastName = row.IsDBNull(3) ? null : row.GetString(3),
        Email = row.IsDBNull(4) ? null : row.GetString(4),
        IsCertified = row.GetBoolean(5),
        HasAcceptedTerms = row.GetBoolean(6),
        CreatedOn = row.GetInt64(7),
        Etag = row.GetString(8),
    };
}
