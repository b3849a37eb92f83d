using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Teams;

namespace SynapseFs.Server.World.People;

/// <summary>Users as callers: with their groups and teams.</summary>
internal sealed class Callers(Users users, TeamTable teams)
{
    public Caller Of(UserRow user, IReadOnlyList<string> scopes) => Caller.Of(user, scopes, teams.IdsOf(user.Id));

    /// <summary>Another user, whose rights are asked for; a team is refused.</summary>
    public Caller Require(long id)
    {
        if (id == Principals.Anonymous)
        {
            return Caller.Nobody;
        }

        if (users.Get(id) is { } user)
        {
            return Of(user, []);
        }

        throw Principals.Groups.Contains(id) || teams.Get(id) is not null
            ? ServiceException.BadRequest($"Principal: {id} is not a User")
            : ServiceException.NotFound($"Principal '{id}' does not exist");
    }
}
