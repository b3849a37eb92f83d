namespace SynapseFs.Client.Downloads;

/// <summary>The storage refused a pre-signed address. Never leaves this project.</summary>
internal sealed class AddressRefusedException(string code, int status) : Exception($"the storage refused the address ({status}, {code})")
{
    public string Code => code;

    public int Status => status;
}
