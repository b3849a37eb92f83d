using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Rules;

/// <summary>What the first API's bundles are asked for: one bit a part. Source: EntityBundle.</summary>
internal static class BundleMask
{
    public static EntityBundleRequest Parse(string? text)
    {
        if (text is null)
        {
            throw ServiceException.BadRequest("Required request parameter 'mask' for method parameter type int is not present");
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var mask))
        {
            throw ServiceException.BadRequest($"mask must be a number, not: {text}");
        }

        bool Has(int bit) => (mask & bit) != 0;
        return new EntityBundleRequest
        {
            IncludeEntity = Has(0x1),
            IncludeAnnotations = Has(0x2),
            IncludePermissions = Has(0x4),
            IncludeEntityPath = Has(0x8),
            IncludeHasChildren = Has(0x20),
            IncludeAccessControlList = Has(0x40),
            IncludeFileHandles = Has(0x800),
            IncludeBenefactorACL = Has(0x4000),
            IncludeFileName = Has(0x10000),
            IncludeThreadCount = Has(0x20000),
            IncludeRestrictionInformation = Has(0x40000),
        };
    }
}
