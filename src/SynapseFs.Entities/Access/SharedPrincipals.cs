using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;

namespace SynapseFs.Entities.Access;

/// <summary>People, teams and groups of an access list: their names, and who is meant by a name. Failures are <see cref="SynapseException"/>.</summary>
internal sealed class SharedPrincipals(SynapseClient client, PrincipalNames names)
{
    /// <summary>Everybody, signed in or not.</summary>
    public const long Public = 273949;

    /// <summary>Everybody who is signed in.</summary>
    public const long AuthenticatedUsers = 273948;

    private const long Anonymous = 273950;

    // As the service's clients call them.
    private static readonly Dictionary<string, long> Groups =
        new(StringComparer.Ordinal) { ["PUBLIC"] = Public, ["AUTHENTICATED_USERS"] = AuthenticatedUsers };

    /// <summary>The names to show; a number where there is none.</summary>
    public async Task<IReadOnlyDictionary<long, string>> NamesOfAsync(
        IEnumerable<long> principals, Urgency urgency, CancellationToken cancellationToken)
    {
        var shown = Groups.ToDictionary(group => group.Value, group => group.Key);
        List<long> others = [.. principals.Where(principal => !shown.ContainsKey(principal))];
        var found = await names.GetAsync([.. others.Select(Sharing.Text)], urgency, cancellationToken);
        foreach (var principal in others)
            shown[principal] = found.GetValueOrDefault(Sharing.Text(principal), Sharing.Text(principal));
        return shown;
    }

    /// <summary>Who is meant by the names of a list.</summary>
    /// <param name="shared">By user or team name, by a group's name, or by number.</param>
    /// <param name="present">Who stands in the list already; a number among them need not be anybody any more.</param>
    /// <exception cref="ChangeRefusedException">Impossible: nobody has that name, or nobody may be given that.</exception>
    public async Task<IReadOnlyDictionary<long, IReadOnlySet<string>>> ResolveAsync(
        IReadOnlyDictionary<string, IReadOnlySet<string>> shared, IReadOnlyDictionary<long, IReadOnlySet<string>> present, Urgency urgency,
        CancellationToken cancellationToken)
    {
        var known = Groups.ToDictionary(group => Alias(group.Key), group => group.Value);
        List<string> asked = [.. shared.Keys.Where(name => !known.ContainsKey(Alias(name)))];
        foreach (var header in await client.Account.FindPrincipalsAsync(asked, urgency.ToPriority(), cancellationToken))
        {
            if (Number(header.OwnerId) is { } id)
                known.TryAdd(Alias(header.UserName ?? ""), id);
        }

        var numbers = asked.Where(name => !known.ContainsKey(Alias(name))).ToDictionary(name => name, Number);
        await RequireExistAsync([.. numbers.Values.OfType<long>().Where(number => !present.ContainsKey(number))], urgency, cancellationToken);
        var granted = new Dictionary<long, IReadOnlySet<string>>();
        foreach (var (name, types) in shared)
        {
            var id = known.TryGetValue(Alias(name), out var found) ? found : numbers[name] ?? throw Unknown(name);
            RequirePossible(id, types);
            if (!granted.TryAdd(id, types))
                throw Refuse($"'{name}' is somebody who stands in the list twice.");
        }

        return granted;
    }

    /// <summary>A principal's number, or null where the text is none.</summary>
    public static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private async Task RequireExistAsync(IReadOnlyList<long> numbers, Urgency urgency, CancellationToken cancellationToken)
    {
        var found = await client.Account.GetPrincipalsAsync([.. numbers.Select(Sharing.Text)], urgency.ToPriority(), cancellationToken);
        var ids = found.Select(header => header.OwnerId).ToHashSet();
        if (numbers.Any(number => !ids.Contains(Sharing.Text(number))))
            throw Unknown(Sharing.Text(numbers.First(number => !ids.Contains(Sharing.Text(number)))));
    }

    private static void RequirePossible(long id, IReadOnlySet<string> types)
    {
        if (id == Anonymous)
            throw Refuse("Nobody in particular is anonymous; everybody is PUBLIC.");
        if (id == Public && !types.SetEquals(["READ"]))
            throw Refuse("PUBLIC can only view; who shall download has to be signed in: AUTHENTICATED_USERS.");
    }

    // Names are one and the same for the service whatever their capitals and punctuation.
    private static string Alias(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static ChangeRefusedException Unknown(string name) =>
        Refuse($"Nobody is called '{name}' in Synapse, and no team; names are user names (not e-mail addresses), team names, PUBLIC and "
            + "AUTHENTICATED_USERS.");

    private static ChangeRefusedException Refuse(string message) => new(ChangeRefusal.Impossible, message);
}
