using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SynapseFs.Cli.Commands;
using SynapseFs.Cli.Options;
using SynapseFs.Cli.Sharing;

namespace SynapseFs.Cli.Showing;

/// <summary>synapsefs info PATH [--json]: everything that something in a mount carries.</summary>
internal static class InfoCommand
{
    private const string AnnotationsFile = "annotations.json";
    private const string VersionsDirectory = "versions";
    private const string WikiDirectory = "wiki";

    public static Command Create(CommandContext context)
    {
        var path = new Argument<string>("PATH") { Description = "A file, directory or link in a mount." };
        var json = CommonOptions.Json();
        var command = new Command(
            "info", "Show what something in a mount is in Synapse: id, version, who made it, annotations, sharing, web page, and " +
                "whether Synapse has it.") { path, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var card = await ReadAsync(await MountedEntity.FindAsync(context, parsed.GetRequiredValue(path), cancellationToken));
            if (parsed.GetValue(json))
                context.Terminal.Say(JsonSerializer.Serialize(card, CliJson.Readable.EntityCard));
            else
                context.Terminal.Card(CardRows.Of(card));
            return ExitCodes.Success;
        });
        return command;
    }

    private static async Task<EntityCard> ReadAsync(MountedEntity entity)
    {
        if (entity.Id is null)
            return EntityCard.Of(entity, sharing: null, annotations: null);
        try
        {
            var annotations = JsonSerializer.Deserialize(
                await File.ReadAllTextAsync(entity.FaceOf(AnnotationsFile)), CliJson.Readable.IReadOnlyDictionaryStringJsonElement);
            return EntityCard.Of(entity, await SharingFile.ReadAsync(entity), annotations) with
            {
                Versions = NamesIn(entity, VersionsDirectory)?.Select(Number).OfType<long>().Order().ToList(),
                Wiki = NamesIn(entity, WikiDirectory) is { Count: > 0 } names ? names : null,
            };
        }
        catch (IOException)
        {
            // Out of reach, what the mount remembers is all there is.
            return EntityCard.Of(entity, sharing: null, annotations: null);
        }
    }

    // Null: things of that kind have none.
    private static List<string>? NamesIn(MountedEntity entity, string face) => Directory.Exists(entity.FaceOf(face))
        ? [.. Directory.EnumerateFileSystemEntries(entity.FaceOf(face)).Select(Path.GetFileName).OfType<string>().Where(name => name[0] != '.').Order(StringComparer.Ordinal)]
        : null;

    // The others are labels.
    private static long? Number(string name) =>
        long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
