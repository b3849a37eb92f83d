namespace SynapseFs.Entities.Describing;

/// <summary>Addresses of Synapse's web pages, where a person reads on or asks for access. Pure.</summary>
/// <param name="address">The web portal, such as https://www.synapse.org/.</param>
internal sealed class Portal(Uri address)
{
    private readonly string _prefix = address.AbsoluteUri.TrimEnd('/') + "/Synapse:";

    /// <param name="id">An entity's id, with or without a version (<c>syn123.4</c>).</param>
    public string PageOf(string id) => _prefix + id;
}
