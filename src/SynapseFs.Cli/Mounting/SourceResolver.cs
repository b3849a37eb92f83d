using SynapseFs.Api;
using SynapseFs.Cli.Accounts;
using SynapseFs.Cli.Options;
using SynapseFs.Client;
using SynapseFs.Client.Configuration;
using SynapseFs.Entities;

namespace SynapseFs.Cli.Mounting;

/// <summary>Finds out what SOURCE means and who asks, in as few calls as that takes.</summary>
internal sealed class SourceResolver(SynapseClient client, SynapseSettings settings)
{
    private const RequestPriority Priority = RequestPriority.Interactive;

    /// <exception cref="CliException">There is no such thing, it is no directory, or nobody may see it.</exception>
    /// <exception cref="SynapseException">Synapse refused or could not be reached.</exception>
    public async Task<MountSource> ResolveAsync(string? source, DateTimeOffset? moment, CancellationToken cancellationToken)
    {
        if (source is null && settings.Token is null)
            throw new CliException("You are not signed in, so there are no projects to list; run synapsefs login, or name a public project: synapsefs mount syn123 DIR.");
        var profile = await GetProfileAsync(cancellationToken);
        var account = profile.UserName ?? "anonymous";
        return source is null
            ? Describe(SynapseKinds.ProjectsRoot(profile.OwnerId!), MountSource.ProjectsId, $"The projects of {account}", profile)
            : await FindAsync(source, moment, profile, cancellationToken);
    }

    private async Task<UserProfile> GetProfileAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await client.Account.GetProfileAsync(Priority, cancellationToken);
        }
        catch (SynapseException problem) when (problem.Failure == SynapseFailure.NotFound)
        {
            throw new CliException($"{settings.Endpoints.Repo} answers, but not as Synapse does; check --endpoint, or [endpoints] in ~/.synapseConfig.", problem);
        }
    }

    private async Task<MountSource> FindAsync(
        string source, DateTimeOffset? moment, UserProfile profile, CancellationToken cancellationToken)
    {
        var id = SynapseEntityId.TryParse(source, out var parsed) ? parsed : null;
        if (id?.Version is not null)
            throw new CliException($"{source} is a single version; mount {id.Id} and find it under .synapse/by-id/{source}.");
        var found = id?.Id ?? await FindProjectAsync(source, cancellationToken);
        var entity = await GetAsync(found, cancellationToken);
        var root = SynapseKinds.RootOf(entity)
            ?? throw new CliException($"{source} ({entity.Name}) is neither a project nor a folder; mount what it lies in: {entity.ParentId}.");
        var name = entity.Name ?? found;
        if (moment is not { } at)
            return Describe(root, entity.Id!, name, profile);
        if (entity.CreatedOn > at)
            throw new CliException(
                $"{name} ({entity.Id}) was made on {MomentText.Format(entity.CreatedOn.Value)}; there was nothing of it at {MomentText.Format(at)} yet.");
        return Describe(SynapseKinds.AtMoment(root, at), MountSource.IdAt(entity.Id!, at), name, profile);
    }

    private async Task<string> FindProjectAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            if (await client.Children.FindAsync(null, name, Priority, cancellationToken) is { } id)
                return id;
        }
        catch (SynapseException problem) when (problem.Failure is SynapseFailure.Forbidden or SynapseFailure.BadRequest)
        {
            throw new CliException($"There is no project '{name}' that you may see: {problem.Reason}", problem);
        }
        throw new CliException($"There is no project '{name}'; give its exact name or its id (syn123).");
    }

    private async Task<Entity> GetAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Entities.GetAsync(id, null, Priority, cancellationToken);
        }
        catch (SynapseException problem) when (problem.Failure == SynapseFailure.NotFound)
        {
            throw new CliException($"{id} does not exist at {settings.Endpoints.Repo.Host}, or is in the trash; check the id and --endpoint.", problem);
        }
        catch (SynapseException problem) when (problem.Failure == SynapseFailure.Forbidden)
        {
            var remedy = settings.Token is null ? "run synapsefs login" : $"ask for access at {settings.Portal}Synapse:{id}";
            throw new CliException($"You may not read {id}; {remedy}. Synapse says: {problem.Reason}", problem);
        }
    }

    private static MountSource Describe(Core.Providers.RemoteNode root, string id, string name, UserProfile profile) => new()
    {
        Root = root,
        Id = id,
        Name = name,
        PrincipalId = profile.OwnerId ?? "anonymous",
        Account = profile.UserName ?? "anonymous",
    };
}
