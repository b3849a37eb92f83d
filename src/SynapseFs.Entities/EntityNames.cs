using System.Globalization;
using System.Text;

namespace SynapseFs.Entities;

/// <summary>
/// Synapse's names and the names shown, both ways. '%' is outside Synapse's alphabet, so whatever carries one was made here and can
/// be taken back. Names are shown as they are, but for three that a directory cannot hold or keeps for itself, and for signs that
/// only entities older than the alphabet may carry. In <see cref="NamingMode.Escape"/> names are shown decoded, see
/// <see cref="NameEscapes"/>; a '%' may then be a person's own. Pure.
/// </summary>
internal sealed class EntityNames
{
    /// <summary>The hidden room that is reachable in every directory.</summary>
    public const string HiddenRoom = ".synapse";

    public const string DocumentSuffix = ".json";

    public static readonly EntityNames Plain = new(NamingMode.Plain);
    public static readonly EntityNames Escaping = new(NamingMode.Escape);

    private EntityNames(NamingMode mode) => Mode = mode;

    public NamingMode Mode { get; }

    public static EntityNames For(NamingMode mode) => mode == NamingMode.Escape ? Escaping : Plain;

    /// <summary>The name to show for an entity of this name.</summary>
    public string ToShown(string name)
    {
        if (Mode == NamingMode.Escape && NameAlphabet.IsName(name))
            return ReservedNames.Shift(NameEscapes.Decode(name));
        var shown = Escape(name);
        return ReservedNames.Contains(shown) ? ReservedNames.Shift(shown) : shown;
    }

    /// <summary>The entity's name behind a shown one; null when no entity is ever shown so.</summary>
    public string? ToEntity(string shown)
    {
        if (Mode == NamingMode.Escape)
        {
            var name = ReservedNames.Unshift(shown) is { } text && NameEscapes.CanEncode(text) ? NameEscapes.Encode(text) : null;
            return name?.Length <= NameAlphabet.MaximumLength ? name : null;
        }
        var plain = Unescape(shown);
        return plain is not null && ToShown(plain) == shown ? plain : null;
    }

    /// <summary>The name of the entity that, beside an entity shown as its JSON, takes the JSON's plain name.</summary>
    /// <param name="name">The name of the one shown as its JSON.</param>
    public string? RivalOf(string name) => ToEntity(ToDocument(name, "", isTaken: false));

    /// <summary>The name of an entity's JSON, shown where the entity itself cannot be.</summary>
    /// <param name="name">The entity's name.</param>
    /// <param name="id">The entity's id, which keeps the name apart when a sibling holds it.</param>
    /// <param name="isTaken">Whether an entity beside it is called so.</param>
    public static string ToDocument(string name, string id, bool isTaken) =>
        Escape(name) + (isTaken ? "%" + id : "") + DocumentSuffix;

    /// <summary>What a shown name means if it is that of an entity's JSON; null when it cannot be one.</summary>
    public static DocumentName? ParseDocument(string shown)
    {
        if (!shown.EndsWith(DocumentSuffix, StringComparison.Ordinal))
            return null;
        var stem = shown[..^DocumentSuffix.Length];
        var mark = stem.LastIndexOf("%syn", StringComparison.Ordinal);
        var id = mark >= 0 ? stem[(mark + 1)..] : null;
        var name = Unescape(mark >= 0 ? stem[..mark] : stem);
        return string.IsNullOrEmpty(name) || ToDocument(name, id ?? "", id is not null) != shown ? null : new DocumentName(name, id);
    }

    private static string Escape(string name)
    {
        if (!name.AsSpan().ContainsAny('%', '/', '\0'))
            return name;
        var text = new StringBuilder(name.Length + 6);
        foreach (var sign in name)
        {
            if (sign is '%' or '/' or '\0')
                text.Append(CultureInfo.InvariantCulture, $"%{(int)sign:X2}");
            else
                text.Append(sign);
        }
        return text.ToString();
    }

    private static string? Unescape(string shown)
    {
        if (!shown.Contains('%', StringComparison.Ordinal))
            return shown;
        var text = new StringBuilder(shown.Length);
        for (var i = 0; i < shown.Length; i++)
        {
            if (shown[i] != '%')
            {
                text.Append(shown[i]);
                continue;
            }
            if (i + 2 >= shown.Length
                || !byte.TryParse(shown.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                return null;
            text.Append((char)code);
            i += 2;
        }
        return text.ToString();
    }
}
