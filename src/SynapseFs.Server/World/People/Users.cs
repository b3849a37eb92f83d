using System.Text.Json;
using Microsoft.Data.Sqlite;
using SynapseFs.Api;
using SynapseFs.Server.Rules;

namespace SynapseFs.Server.World.People;

/// <summary>The people of this world.</summary>
internal sealed class Users(Database database, TimeProvider time)
{
    private const string Columns =
        "id, name, first_name, last_name, email, is_certified, has_accepted_terms, created_on, etag, profile";

    public UserRow? Get(long id) => database.First($"SELECT {Columns} FROM users WHERE id = @0", Map, id);

    public UserRow? Find(string alias) => database.First($"SELECT {Columns} FROM users WHERE alias = @0", Map, UserAlias.Of(alias));

    public UserRow? FindEmail(string email) => database.First(
        $"SELECT {Columns} FROM users WHERE lower(email) = @0 ORDER BY id", Map, email.ToLowerInvariant());

    /// <summary>By user name or e-mail address, as one logs in.</summary>
    public UserRow? FindLogin(string name) => name.Contains('@', StringComparison.Ordinal) ? FindEmail(name) : Find(name);

    public IReadOnlyList<UserRow> List(OffsetPage page) => database.Query(
        $"SELECT {Columns} FROM users ORDER BY id LIMIT @0 OFFSET @1", Map, page.Limit, page.Offset);

    public IReadOnlyList<long> Ids => database.Query("SELECT id FROM users ORDER BY id", row => row.GetInt64(0));

    public UserRow Ensure(string name, bool isCertified, bool hasAcceptedTerms)
    {
        if (Find(name) is { } known)
        {
            // Terms that were accepted through the service stay accepted.
            var isAccepted = hasAcceptedTerms || known.HasAcceptedTerms;
            database.Execute(
                "UPDATE users SET is_certified = @1, has_accepted_terms = @2 WHERE id = @0", known.Id, isCertified, isAccepted);
            return known with { IsCertified = isCertified, HasAcceptedTerms = isAccepted };
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

    /// <summary>Writes what the owner may change.</summary>
    public void Update(UserRow row) => database.Execute(
        "UPDATE users SET name = @1, alias = @2, first_name = @3, last_name = @4, first_last = @5, last_first = @6, etag = @7, "
        + "profile = @8 WHERE id = @0",
        row.Id, row.Name, UserAlias.Of(row.Name), row.FirstName, row.LastName, UserAlias.Of(row.FirstName + row.LastName),
        UserAlias.Of(row.LastName + row.FirstName), row.Etag, JsonSerializer.Serialize(row.Profile, ApiJson.Default.UserProfile));

    public bool UsesPicture(long fileHandleId) => database.Number(
        "SELECT EXISTS (SELECT 1 FROM users WHERE profile ->> '$.profilePicureFileHandleId' = CAST(@0 AS TEXT))", fileHandleId) == 1;

    public void AcceptTerms(long id, string version) => database.Execute(
        "UPDATE users SET has_accepted_terms = 1, terms_version = @1, terms_accepted_on = @2 WHERE id = @0",
        id, version, time.GetUtcNow().ToUnixTimeMilliseconds());

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
        Profile = JsonSerializer.Deserialize(row.GetString(9), ApiJson.Default.UserProfile) ?? new UserProfile(),
    };
}
