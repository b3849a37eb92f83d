using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Cli.Commands;
using SynapseFs.Cli.Options;
using SynapseFs.Client;
using SynapseFs.Client.Configuration;
using SynapseFs.Entities.Views;
using SynapseFs.Vfs;

namespace SynapseFs.Cli.Indexing;

/// <summary>synapsefs index PROJECT: a view of a project's files, in which mounts find the details of all of them at once.</summary>
internal static class IndexCommand
{
    private const RequestPriority Priority = RequestPriority.Interactive;

    public static Command Create(CommandContext context)
    {
        var project = new Argument<string>("PROJECT") { Description = "A project's id (syn123) or name; you must be allowed to edit it." };
        var account = new AccountOptions();
        var command = new Command(
            "index", "Make a view of a project's files, so that mounts learn the sizes of all of them in a few calls. Run again, it adds what " +
            "the view lacks.")
        {
            project,
        };
        account.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = SynapseConfiguration.Load(account.Request(parsed, context.Surroundings));
            if (settings.Token is null)
                throw new CliException("You are not signed in, so nothing can be made in a project; run synapsefs login.");
            await using var client = new SynapseClient(settings, new SynapseClientOptions(), context.Time, NullLoggerFactory.Instance);
            var id = await FindAsync(client, parsed.GetRequiredValue(project), cancellationToken);
            context.Terminal.Say(Tell(await MakeAsync(client, id, cancellationToken), id));
            return ExitCodes.Success;
        });
        return command;
    }

    private static string Tell(MadeIndex made, string project) => made switch
    {
        { IsNew: true } => $"{made.Id} ({made.Name}) in {project} tells of its files from now on; mounts find it by themselves.",
        { AddedColumns: [] } => $"Nothing to change: {made.Id} ({made.Name}) in {project} has all that is needed.",
        _ => $"{made.Id} ({made.Name}) in {project} has been given: {string.Join(", ", made.AddedColumns)}.",
    };

    private static async Task<MadeIndex> MakeAsync(SynapseClient client, string project, CancellationToken cancellationToken)
    {
        try
        {
            return await FileIndex.MakeAsync(client, project, cancellationToken);
        }
        catch (FsException impossible)
        {
            throw new CliException(impossible.Message, impossible);
        }
        catch (SynapseException problem) when (problem.Failure == SynapseFailure.NotFound)
        {
            throw new CliException($"There is no project {project}, or it is in the trash; check the id and --endpoint.", problem);
        }
        catch (SynapseException problem) when (problem.Failure == SynapseFailure.Forbidden)
        {
            throw new CliException(
                $"You may not make a view in {project}: ask somebody who may edit it to run synapsefs index {project}, or make one in a " +
                $"project of yours with {project} in its scope and name it with --view. Synapse says: {problem.Reason}", problem);
        }
    }

    private static async Task<string> FindAsync(SynapseClient client, string project, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(project))
            throw CliException.Usage("PROJECT is empty; give a project's exact name or its id (syn123).");
        if (SynapseEntityId.TryParse(project, out var id))
            return id.Version is null ? id.Id : throw CliException.Usage($"'{project}' names a version; write the project's id as {id.Id}.");
        return await client.Children.FindAsync(null, project, Priority, cancellationToken)
            ?? throw new CliException($"There is no project '{project}'; give its exact name or its id (syn123).");
    }
}
