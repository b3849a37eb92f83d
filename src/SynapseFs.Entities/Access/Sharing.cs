using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Access;

/// <summary>Who may do what with an entity: by its own list, or by that of the nearest thing above it which has one. Pure.</summary>
/// <param name="Owner">The id of the entity whose list it is.</param>
/// <param name="IsInherited">Whether that is another entity.</param>
/// <param name="List">As the service tells it.</param>
internal sealed record Sharing(string Owner, bool IsInherited, AccessControlList List)
{
    /// <summary>Access types by principal.</summary>
    public IReadOnlyDictionary<long, IReadOnlySet<string>> Granted { get; } = GrantedBy(List);

    /// <param name="bundle">With the access list that counts.</param>
    /// <exception cref="FsException">InputOutput: the answer holds none.</exception>
    public static Sharing Of(EntityBundle bundle) =>
        bundle is { Entity.Id: { } id, BenefactorAcl: { Id: { } owner } list }
            ? new Sharing(owner, owner != id, list)
            : throw new FsException(FsError.InputOutput, $"{bundle.Entity?.Id}: Synapse's answer holds no access list.");

    public bool Grants(IReadOnlyDictionary<long, IReadOnlySet<string>> granted) =>
        granted.Count == Granted.Count
        && granted.All(entry => Granted.TryGetValue(entry.Key, out var types) && types.SetEquals(entry.Value));

    /// <summary>A principal's number as the service writes it in other places.</summary>
    public static string Text(long principal) => principal.ToString(CultureInfo.InvariantCulture);

    private static Dictionary<long, IReadOnlySet<string>> GrantedBy(AccessControlList list) =>
        (list.ResourceAccess ?? []).Where(entry => entry is { PrincipalId: not null, AccessType: not null })
            .GroupBy(entry => entry.PrincipalId!.Value)
            .ToDictionary(
                entries => entries.Key,
                entries => (IReadOnlySet<string>)entries.SelectMany(entry => entry.AccessType!).ToHashSet(StringComparer.Ordinal));
}
