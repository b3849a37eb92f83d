using System.Globalization;

namespace SynapseFs.Cli.Mounting;

/// <summary>Where a mount keeps its cache unless told otherwise: one directory for each server, account and source.</summary>
internal static class CacheLocation
{
    public static string For(string cacheRoot, Uri endpoint, MountSource source)
    {
        var host = endpoint.IsDefaultPort ? endpoint.Host : string.Create(CultureInfo.InvariantCulture, $"{endpoint.Host}-{endpoint.Port}");
        return Path.Combine(cacheRoot, $"{host}-{source.PrincipalId}-{source.Id}");
    }
}
