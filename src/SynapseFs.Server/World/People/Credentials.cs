using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using SynapseFs.Server.Rules;

namespace SynapseFs.Server.World.People;

/// <summary>Passwords, secret keys and failed logins.</summary>
internal sealed class Credentials(Database database, TimeProvider time)
{
    // Beyond this the milliseconds would leave the range of a date; Synapse's own limit is 62.
    private const int MaxShift = 40;

    public CredentialRow Get(long userId) => database.First(
        "SELECT password, secret_key, authenticated_on, failed_logins, locked_until FROM users WHERE id = @0", Map, userId)
        ?? throw new InvalidOperationException($"The user {userId} is gone.");

    public void SetPassword(long userId, string password) =>
        database.Execute("UPDATE users SET password = @1 WHERE id = @0", userId, PasswordHash.Of(password));

    /// <summary>The key that signs calls of old clients; made when first asked for.</summary>
    public string SecretKey(long userId) => Get(userId).SecretKey ?? RenewSecretKey(userId);

    public string RenewSecretKey(long userId)
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
        database.Execute("UPDATE users SET secret_key = @1 WHERE id = @0", userId, key);
        return key;
    }

    /// <summary>Each failure in a row doubles the time until the next attempt, from 2 ms on. Source: LoginLockoutStatusDaoImpl.</summary>
    public void CountFailure(long userId)
    {
        var count = Get(userId).FailedLogins + 1;
        var wait = 1L << (int)Math.Min(count, MaxShift);
        database.Execute("UPDATE users SET failed_logins = @1, locked_until = @2 WHERE id = @0", userId, count, Now + wait);
    }

    public void ForgetFailures(long userId) =>
        database.Execute("UPDATE users SET failed_logins = 0, locked_until = 0 WHERE id = @0", userId);

    public void MarkAuthenticated(long userId) => database.Execute("UPDATE users SET authenticated_on = @1 WHERE id = @0", userId, Now);

    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static CredentialRow Map(SqliteDataReader row) => new()
    {
        Password = row.IsDBNull(0) ? null : row.GetString(0),
        SecretKey = row.IsDBNull(1) ? null : row.GetString(1),
        AuthenticatedOn = row.IsDBNull(2) ? null : row.GetInt64(2),
        FailedLogins = row.GetInt64(3),
        LockedUntil = row.GetInt64(4),
    };
}
