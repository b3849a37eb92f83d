using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using SynapseFs.Server.Http;

namespace SynapseFs.Server.World.People;

/// <summary>Access tokens, known by their hash only.</summary>
internal sealed class Tokens(Database database, TimeProvider time)
{
    private const string Columns = "id, user_id, name, scopes, created_on, last_used, expires_on, is_personal, claims, is_revoked";
    private const int MaxPersonal = 100;

    private static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(24);

    /// <summary>Personal access tokens end after this long without use.</summary>
    private static readonly long UnusedLifetime = (long)TimeSpan.FromDays(180).TotalMilliseconds;

    public static string NewToken() => "sfs_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public void Put(string token, long userId, string name, IReadOnlyList<string> scopes, DateTimeOffset? expiresOn, bool isPersonal)
    {
        var now = Now;
        database.Execute(
            "INSERT INTO tokens (id, hash, user_id, name, scopes, created_on, last_used, expires_on, is_personal) "
            + "VALUES (@0, @1, @2, @3, @4, @5, @5, @6, @7) ON CONFLICT (hash) DO UPDATE SET "
            + "user_id = excluded.user_id, scopes = excluded.scopes, expires_on = excluded.expires_on, last_used = excluded.last_used",
            database.Next("token", 1), Hash(token), userId, name, string.Join(' ', scopes), now,
            expiresOn?.ToUnixTimeMilliseconds(), isPersonal);
    }

    /// <summary>A token for a login; those of the user that ended long ago are forgotten.</summary>
    public string AddSession(long userId)
    {
        database.Execute(
            "DELETE FROM tokens WHERE user_id = @0 AND is_personal = 0 AND expires_on < @1",
            userId, Now - (long)SessionLifetime.TotalMilliseconds);
        var token = NewToken();
        // Everything, as the web page needs it.
        Put(token, userId, "login", ScopeWords.Every, time.GetUtcNow() + SessionLifetime, isPersonal: false);
        return token;
    }

    /// <summary>A personal token. Beyond a hundred of one user the least recently used go.</summary>
    public string AddPersonal(long userId, string name, IReadOnlyList<string> scopes, string claims)
    {
        var token = NewToken();
        Put(token, userId, name, scopes, expiresOn: null, isPersonal: true);
        database.Execute("UPDATE tokens SET claims = @1 WHERE hash = @0", Hash(token), claims);
        database.Execute(
            "DELETE FROM tokens WHERE id IN (SELECT id FROM tokens WHERE user_id = @0 AND is_personal = 1 "
            + "ORDER BY last_used DESC, id DESC LIMIT -1 OFFSET @1)",
            userId, MaxPersonal);
        return token;
    }

    /// <summary>Ends a session; it is remembered, so that its bearer can be told.</summary>
    public void Revoke(long id) => database.Execute("UPDATE tokens SET is_revoked = 1 WHERE id = @0", id);

    /// <summary>Ends all of the user's sessions, but no personal token and none that the options gave.</summary>
    public void RevokeSessions(long userId) =>
        database.Execute("UPDATE tokens SET is_revoked = 1 WHERE user_id = @0 AND is_personal = 0 AND name = 'login'", userId);

    /// <summary>The token if it is known and has not ended.</summary>
    public TokenRow? Find(string token)
    {
        var row = database.First($"SELECT {Columns} FROM tokens WHERE hash = @0", Map, Hash(token));
        return row is null || IsExpired(row) ? null : row;
    }

    public void Touch(TokenRow row)
    {
        // Once a minute is exact enough for "unused for 180 days", and spares a write on every call.
        if (Now - row.LastUsed > 60_000)
        {
            database.Execute("UPDATE tokens SET last_used = @1 WHERE id = @0", row.Id, Now);
        }
    }

    public bool IsExpired(TokenRow row) =>
        row.ExpiresOn <= Now || (row.IsPersonal && row.LastUsed + UnusedLifetime <= Now);

    public IReadOnlyList<TokenRow> ListPersonal(long userId, long limit, long offset) =>
        database.Query(
            $"SELECT {Columns} FROM tokens WHERE user_id = @0 AND is_personal = 1 ORDER BY last_used DESC, id DESC LIMIT @1 OFFSET @2",
            Map, userId, limit, offset);

    public TokenRow? GetPersonal(long id) =>
        database.First($"SELECT {Columns} FROM tokens WHERE id = @0 AND is_personal = 1", Map, id);

    public bool HasName(long userId, string name) =>
        database.Number("SELECT count(*) FROM tokens WHERE user_id = @0 AND is_personal = 1 AND name = @1", userId, name) > 0;

    public void Delete(long id) => database.Execute("DELETE FROM tokens WHERE id = @0", id);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static TokenRow Map(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        UserId = row.GetInt64(1),
        Name = row.GetString(2),
        Scopes = row.GetString(3).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        CreatedOn = row.GetInt64(4),
        LastUsed = row.GetInt64(5),
        ExpiresOn = row.IsDBNull(6) ? null : row.GetInt64(6),
        IsPersonal = row.GetBoolean(7),
        Claims = row.IsDBNull(8) ? null : row.GetString(8),
        IsRevoked = row.GetBoolean(9),
    };
}
