using System.Text;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Teams;

namespace SynapseFs.Server.World.People;

/// <summary>The users who are there when a server starts: the first one, and those that the options name.</summary>
internal sealed class Accounts(
    Users users, Credentials credentials, Tokens tokens, TeamTable teams, string firstTokenPath, TimeProvider time)
{
    /// <summary>The first user, whose token stands in a file of its own: it must be told again after a restart.</summary>
    public ServerAccount EnsureFirst(string name, string? password)
    {
        var token = File.Exists(firstTokenPath) ? File.ReadAllText(firstTokenPath).Trim() : "";
        // Whoever took another name in the meantime is still the first user.
        var user = users.Find(name) is null && tokens.Find(token) is { } own && users.Get(own.UserId) is { } renamed
            ? renamed
            : users.Ensure(name, isCertified: true, hasAcceptedTerms: true);
        if (token.Length == 0 || tokens.Find(token) is not { } known || known.UserId != user.Id)
        {
            token = Tokens.NewToken();
            DataFolder.WriteSecret(firstTokenPath, Encoding.ASCII.GetBytes(token));
            tokens.Put(token, user.Id, "first token", ["view", "download", "modify"], expiresOn: null, isPersonal: false);
            // Somebody must be able to make access requirements in a world without Sage's staff.
            teams.AddMember(Principals.AccessAndCompliance, user.Id, Now);
        }

        EnsurePassword(user.Id, password);
        return new ServerAccount(user.Name, token, user.Id);
    }

    /// <summary>Makes a user of the options, or brings it up to date.</summary>
    public ServerAccount Ensure(ServerUser asked)
    {
        var user = users.Ensure(asked.Name, asked.IsCertified, asked.HasAcceptedTerms);
        var token = asked.Token ?? Tokens.NewToken();
        tokens.Put(token, user.Id, "given at start", asked.Scopes, asked.ExpiresOn, isPersonal: false);
        EnsurePassword(user.Id, asked.Password);
        foreach (var team in asked.Teams)
        {
            var known = teams.Get(team) ?? throw new ServerException($"There is no team {team} for {asked.Name}.");
            teams.AddMember(known.Id, user.Id, Now);
        }

        return new ServerAccount(user.Name, token, user.Id);
    }

    private void EnsurePassword(long userId, string? asked)
    {
        if (asked is not null && !(credentials.Get(userId).Password is { } known && PasswordHash.Fits(known, asked)))
        {
            credentials.SetPassword(userId, asked);
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
