using System.Globalization;

namespace SynapseFs.Client.Transport;

/// <summary>Paths of one entity. The service takes "syn1.2" nowhere here, so a version is a part of the path.</summary>
internal static class EntityPaths
{
    public static string Of(string id, long? version, string rest = "")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        var path = "/entity/" + Uri.EscapeDataString(id);
        return version is { } number ? string.Create(CultureInfo.InvariantCulture, $"{path}/version/{number}{rest}") : path + rest;
    }
}
