using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SynapseFs.Cli.Commands;
using SynapseFs.Cli.Options;
using SynapseFs.Client;
using SynapseFs.Client.Configuration;

namespace SynapseFs.Cli.Trash;

/// <summary>synapsefs trash list | restore ID... | purge ID... | empty: what was deleted, also by rm in a mount.</summary>
internal sealed class TrashCommand
{
    private static readonly string[] Headings = ["ID", "NAME", "KIND", "DELETED ON", "FROM"];

    private readonly CommandContext _context;

    private TrashCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        var trash = new TrashCommand(context);
        return new Command("trash", "What you deleted, in a mount or elsewhere: Synapse keeps it for 30 days.")
        {
            trash.List(), trash.Restore(), trash.Purge(), trash.Empty(),
        };
    }

    private Command List()
    {
        var json = CommonOptions.Json();
        return With(new Command("list", "Show what is in your trash, the latest first.") { json }, async (can, parsed, cancellationToken) =>
        {
            var things = await can.WithParentsAsync(await can.ReadAsync(cancellationToken), cancellationToken);
            if (parsed.GetValue(json))
                _context.Terminal.Say(JsonSerializer.Serialize(things, CliJson.Readable.IReadOnlyListTrashedThing));
            else if (things.Count == 0)
                _context.Terminal.Say("Your trash is empty.");
            else
                _context.Terminal.Table(Headings, [.. things.Select(Row)]);
            return ExitCodes.Success;
        });
    }

    private Command Restore()
    {
        var ids = Ids();
        var to = new Option<string?>("--to")
        {
            Description = "Put it into this project or folder instead of " +
            "where it was.",
            HelpName = "PARENT"
        };
        return With(new Command("restore", "Have things back where they were, or " +
            "elsewhere.") { ids, to }, (can, parsed, cancellationToken) =>
        {
            var parent = parsed.GetValue(to) is { } given ? IdOf(given) : null;
            return EachAsync(parsed.GetRequiredValue(ids), async id =>
            {
                await can.RestoreAsync(id, parent, cancellationToken);
                return parent is null ? $"{id} is back." : $"{id} is back, in {parent}.";
            });
        });
    }

    private Command Purge()
    {
        var ids = Ids();
        return With(new Command("purge", "Delete things in the trash for good.") { ids }, async (can, parsed, cancellationToken) =>
        {
            // Purging what is not there is success at Synapse, which would hide a mistyped id.
            var things = (await can.ReadAsync(cancellationToken)).ToDictionary(thing => thing.Id);
            return await EachAsync(parsed.GetRequiredValue(ids), async id =>
            {
                if (!things.TryGetValue(id, out var thing))
                    throw new CliException($"{id} is not in your trash; see what is: synapsefs trash list");
                await can.PurgeAsync(id, cancellationToken);
                return $"{id} ({thing.Name}) is gone for good.";
            });
        });
    }

    private Command Empty()
    {
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask." };
        return With(new Command("empty", "Delete everything in your trash for good.") { yes }, async (can, parsed, cancellationToken) =>
        {
            var things = await can.ReadAsync(cancellationToken);
            if (things.Count == 0)
            {
                _context.Terminal.Say("Your trash is empty.");
                return ExitCodes.Success;
            }
            var count = things.Count == 1 ? "1 thing" : $"{things.Count} things";
            if (!parsed.GetValue(yes) && !(_context.Terminal.Ask($"Delete {count} for good, {things[0].Name} ({things[0].Id}) the latest?")
                ?? throw new CliException($"{count} would be deleted for good, and there is no terminal to ask at; say --yes.")))
            {
                _context.Terminal.Say("Nothing was deleted.");
                return ExitCodes.Failure;
            }
            foreach (var thing in things)
                await can.PurgeAsync(thing.Id, cancellationToken);
            _context.Terminal.Say($"{count} deleted for good.");
            return ExitCodes.Success;
        });
    }

    /// <summary>Each by itself: one that fails is told and does not keep the others.</summary>
    private async Task<int> EachAsync(IReadOnlyList<string> ids, Func<string, Task<string>> act)
    {
        var code = ExitCodes.Success;
        foreach (var id in ids.Select(IdOf).ToList())
        {
            try
            {
                _context.Terminal.Say(await act(id));
            }
            catch (CliException problem)
            {
                _context.Terminal.Remark(problem.Message);
                code = ExitCodes.Failure;
            }
        }
        return code;
    }

    private Command With(Command command, Func<TrashCan, ParseResult, CancellationToken, Task<int>> act)
    {
        var account = new AccountOptions();
        account.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = SynapseConfiguration.Load(account.Request(parsed, _context.Surroundings));
            if (settings.Token is null)
                throw new CliException("You are not signed in, so there is no trash of yours; run synapsefs login.");
            await using var client = new SynapseClient(settings, new SynapseClientOptions(), _context.Time, NullLoggerFactory.Instance);
            return await act(new TrashCan(client), parsed, cancellationToken);
        });
        return command;
    }

    private static Argument<string[]> Ids() =>
        new("ID") { Description = "As trash list shows it: syn123.", Arity = ArgumentArity.OneOrMore };

    private static string IdOf(string text) => SynapseEntityId.TryParse(text, out var id) && id.Version is null
        ? id.Id
        : throw CliException.Usage($"'{text}' is not the id of anything; write it as syn123.");

    private static IReadOnlyList<string> Row(TrashedThing thing) =>
    [
        thing.Id,
        thing.Name,
        thing.Kind,
        thing.DeletedOn?.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "",
        thing.ParentName is { } parent ? $"{parent} ({thing.ParentId})" : thing.ParentId ?? "",
    ];
}
